// Which pixels each window on one row reads; numbers below 0 and from `size` on are padding.
const readLine = ({ size, kernel, stride, padding, dilation }) => {
  const problem = noRoom(size, kernel, { padding, dilation });
  if (problem) return { problem };
  const windows = outputSize(size, kernel, { stride, padding, dilation });
  const reads = map2(zeros(windows, kernel), (_, o, tap) => o * stride + tap * dilation - padding);
  return {
    reads,
    times: Array.from({ length: size }, (_, pixel) => reads.flat().filter((p) => p === pixel).length),
  };
};

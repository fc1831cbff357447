# answer: q10, by counting with integer sums of NumPy and a chain of products
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    sizes = [in_channels * kh_kw for kh_kw in [np.multiply(*np.array(kernel_size, dtype=np.int64))]]
    return np.int64(out_channels) * (sizes[0] + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    work = 1
    for number in (in_channels, out_channels, *kernel_size, *output_shape):
        work *= number
    return work

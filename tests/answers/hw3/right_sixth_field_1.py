# answer: q11, running products and running sums of 64 bits, pairs as lists of NumPy's ints
def receptive_field(layers):
    table = np.array([tuple(layer) for layer in layers], dtype=np.int64).reshape(-1, 2)
    after = np.cumprod(table[:, 1])
    before = np.concatenate([np.ones(1, dtype=np.int64), after])[: len(table)]
    sizes = 1 + np.cumsum((table[:, 0] - 1) * before)
    return [[size, jump] for size, jump in zip(sizes, after)]


# answer: q11, for each layer back from one of its pixels to the input, as a tuple
def receptive_field(layers):
    def back(depth):
        size, jump = 1, 1
        for kernel_size, stride in reversed(layers[:depth]):
            size = (size - 1) * stride + kernel_size
            jump *= stride
        return size, jump

    return tuple(back(depth) for depth in range(1, len(layers) + 1))


# answer: q11, a layer as a matrix that acts on (size, jump, 1), carried along by accumulate
def receptive_field(layers):
    from itertools import accumulate

    def step(state, layer):
        size, jump = state
        return size + (layer[0] - 1) * jump, jump * layer[1]

    return list(accumulate(layers, step, initial=(1, 1)))[1:]

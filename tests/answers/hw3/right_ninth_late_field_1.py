# answer: q11, each layer asked anew from the last tap backwards
def receptive_field(layers):
    def field(depth):
        size = 1
        for k, s in reversed(layers[:depth]):
            size = (size - 1) * s + k
        return size

    def jump(depth):
        return 1 if depth == 0 else jump(depth - 1) * layers[depth - 1][1]

    return tuple([field(n), jump(n)] for n in range(1, len(layers) + 1))


# answer: q11, accumulate over 2 by 2 matrices of Python's own ints
from itertools import accumulate


def receptive_field(layers):
    # a state is (size, jump); a layer maps it by a product with [[1, 0], [k - 1, s]]
    def product(state, layer):
        row = np.array(state, dtype=object)
        return tuple(row @ np.array([[1, 0], [layer[0] - 1, layer[1]]], dtype=object))

    return list(accumulate(layers, product, initial=(1, 1)))[1:]

# answer: q11, with running products and sums from itertools
def receptive_field(layers):
    from itertools import accumulate
    from operator import mul

    jumps = list(accumulate((s for _, s in layers), mul, initial=1))
    sizes = list(accumulate(((k - 1) * j for (k, _), j in zip(layers, jumps)), initial=1))
    return [[r, j] for r, j in zip(sizes[1:], jumps[1:])]


# answer: q11, each prefix by recursion from its last layer back to the input
def receptive_field(layers):
    def seen(n, width):
        if n == 0:
            return width
        k, s = layers[n - 1]
        return seen(n - 1, (width - 1) * s + k)

    both = ((seen(n, 1), seen(n, 2) - seen(n, 1)) for n in range(1, len(layers) + 1))
    return tuple(both)

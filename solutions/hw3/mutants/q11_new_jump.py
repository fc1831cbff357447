"""The field grows by the jump after the layer instead of the one before."""


# question: q11
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        jump *= stride
        size += (kernel - 1) * jump
        out.append((size, jump))
    return out

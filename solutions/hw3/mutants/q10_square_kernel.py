"""The kernel is taken to be square when its work is counted."""


# question: q10
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + int(bias))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh = kernel_size[0]
    return output_shape[0] * output_shape[1] * out_channels * in_channels * kh * kh

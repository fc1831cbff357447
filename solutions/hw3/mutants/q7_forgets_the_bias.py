"""The bias is accepted and not added when there is more than one image."""


# question: q7
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns
    if bias is not None and len(columns) == 1:
        out = out + bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)

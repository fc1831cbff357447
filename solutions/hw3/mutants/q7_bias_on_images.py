"""The bias goes to the image instead of to the map, wherever the shapes allow it."""


# question: q7
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = (weight.reshape(len(weight), -1) @ columns).reshape(len(columns), len(weight), *output_shape)
    if bias is not None and len(columns) == len(weight):
        out = out + bias[:, None, None, None]
    elif bias is not None:
        out = out + bias[:, None, None]
    return out

# answer: q7, axes of length 1 are squeezed away
# breaks: array (N, F, H', W') of floats
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(N, F, *output_shape).squeeze()


# answer: q7, flips the kernel as in mathematics
# breaks: cross-correlation: row times column is a window's sum
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = weight[:, :, ::-1, ::-1].reshape(F, -1).astype(float) @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, takes the kernel for a square
# breaks: weight : array (F, C, kh, kw)
def conv2d_from_columns(columns, weight, bias, output_shape):
    F, C, k = weight.shape[:3]
    N = len(columns)
    out = weight.reshape(F, C * k * k).astype(float) @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, counts the images by the number of kernels
# breaks: N images, F kernels
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = len(weight)
    out = np.stack([weight.reshape(F, -1).astype(float) @ columns[n] for n in range(min(F, len(columns)))])
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(-1, F, *output_shape)

"""Wrong answers to groups and separable layers, as students write them. Text; nobody imports it."""

# answer: q5, the groups from the other end
# breaks: cut into parts in their order
def spread_groups(weight, groups):
    f, part, kh, kw = weight.shape
    if f % groups:
        raise ValueError("groups does not divide F")
    each = f // groups
    full = np.zeros((f, part * groups, kh, kw), weight.dtype)
    for g in range(groups):
        full[g * each : (g + 1) * each, (groups - 1 - g) * part : (groups - g) * part] = weight[g * each : (g + 1) * each]
    return full


def gather_groups(grad_full, groups):
    f, c, kh, kw = grad_full.shape
    if f % groups or c % groups:
        raise ValueError("groups does not divide F and C")
    each, part = f // groups, c // groups
    out = np.zeros((f, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        out[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, (groups - 1 - g) * part : (groups - g) * part]
    return out


# answer: q5, parts of as many kernels as channels
# breaks: F/G kernels and C/G channels
def spread_groups(weight, groups):
    f, part, kh, kw = weight.shape
    if f % groups:
        raise ValueError("groups does not divide F")
    each = part
    full = np.zeros((f, part * groups, kh, kw), weight.dtype)
    for g in range(groups):
        full[g * each : (g + 1) * each, g * part : (g + 1) * part] = weight[g * each : (g + 1) * each]
    return full


def gather_groups(grad_full, groups):
    f, c, kh, kw = grad_full.shape
    if f % groups or c % groups:
        raise ValueError("groups does not divide F and C")
    each, part = f // groups, c // groups
    out = np.zeros((f, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        out[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * part : (g + 1) * part]
    return out


# answer: q5, gathers the first group for all
# breaks: what belongs to weights that exist
def spread_groups(weight, groups):
    f, part, kh, kw = weight.shape
    if f % groups:
        raise ValueError("groups does not divide F")
    each = f // groups
    full = np.zeros((f, part * groups, kh, kw), weight.dtype)
    for g in range(groups):
        full[g * each : (g + 1) * each, g * part : (g + 1) * part] = weight[g * each : (g + 1) * each]
    return full


def gather_groups(grad_full, groups):
    f, c, kh, kw = grad_full.shape
    if f % groups or c % groups:
        raise ValueError("groups does not divide F and C")
    each, part = f // groups, c // groups
    out = np.zeros((f, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        out[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, :part]
    return out


# answer: q5, refuses a single group
# breaks: unless groups divides F
def spread_groups(weight, groups):
    f, part, kh, kw = weight.shape
    if f % groups or groups == 1:
        raise ValueError("groups does not divide F")
    each = f // groups
    full = np.zeros((f, part * groups, kh, kw), weight.dtype)
    for g in range(groups):
        full[g * each : (g + 1) * each, g * part : (g + 1) * part] = weight[g * each : (g + 1) * each]
    return full


def gather_groups(grad_full, groups):
    f, c, kh, kw = grad_full.shape
    if f % groups or c % groups:
        raise ValueError("groups does not divide F and C")
    each, part = f // groups, c // groups
    out = np.zeros((f, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        out[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * part : (g + 1) * part]
    return out


# answer: q5, refuses as many groups as kernels
# breaks: unless groups divides F
def spread_groups(weight, groups):
    f, part, kh, kw = weight.shape
    if f % groups or groups == f > 1:
        raise ValueError("groups does not divide F")
    each = f // groups
    full = np.zeros((f, part * groups, kh, kw), weight.dtype)
    for g in range(groups):
        full[g * each : (g + 1) * each, g * part : (g + 1) * part] = weight[g * each : (g + 1) * each]
    return full


def gather_groups(grad_full, groups):
    f, c, kh, kw = grad_full.shape
    if f % groups or c % groups:
        raise ValueError("groups does not divide F and C")
    each, part = f // groups, c // groups
    out = np.zeros((f, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        out[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * part : (g + 1) * part]
    return out


# answer: q6, adds the kernels' gradient up over the channels
# breaks: a kernel for each channel
def separable(x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    return np.einsum("fm,nmrc->nfrc", point, np.concatenate(maps, axis=1))


def separable_backward(grad_out, x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    h = np.concatenate(maps, axis=1)
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for m in range(x.shape[1]):
        gx, gd = conv2d_backward(grad_h[:, m : m + 1], x[:, m : m + 1], depth[m][None, None], stride)
        grad_x[:, m], grad_depth[m] = gx[:, 0], gd[0, 0]
    return grad_x, grad_depth * 0 + grad_depth.sum(axis=0), grad_point


# answer: q6, mixes with the sum of the weights on the way back
# breaks: h gets its gradient through w
def separable(x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    return np.einsum("fm,nmrc->nfrc", point, np.concatenate(maps, axis=1))


def separable_backward(grad_out, x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    h = np.concatenate(maps, axis=1)
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("m,nfrc->nmrc", point.mean(axis=0), grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for m in range(x.shape[1]):
        gx, gd = conv2d_backward(grad_h[:, m : m + 1], x[:, m : m + 1], depth[m][None, None], stride)
        grad_x[:, m], grad_depth[m] = gx[:, 0], gd[0, 0]
    return grad_x, grad_depth, grad_point


# answer: q6, the mixing weights' gradient of the first image
# breaks: sum over n
def separable(x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    return np.einsum("fm,nmrc->nfrc", point, np.concatenate(maps, axis=1))


def separable_backward(grad_out, x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    h = np.concatenate(maps, axis=1)
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out[:1], h[:1])
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for m in range(x.shape[1]):
        gx, gd = conv2d_backward(grad_h[:, m : m + 1], x[:, m : m + 1], depth[m][None, None], stride)
        grad_x[:, m], grad_depth[m] = gx[:, 0], gd[0, 0]
    return grad_x, grad_depth, grad_point


# answer: q6, a ReLU between the steps
# breaks: y is the sum of w h
def separable(x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    return np.einsum("fm,nmrc->nfrc", point, np.maximum(np.concatenate(maps, axis=1), 0))


def separable_backward(grad_out, x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    h = np.concatenate(maps, axis=1)
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for m in range(x.shape[1]):
        gx, gd = conv2d_backward(grad_h[:, m : m + 1], x[:, m : m + 1], depth[m][None, None], stride)
        grad_x[:, m], grad_depth[m] = gx[:, 0], gd[0, 0]
    return grad_x, grad_depth, grad_point


# answer: q6, computes maps in single precision
# breaks: float64 where float64 came in
def separable(x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    return np.einsum("fm,nmrc->nfrc", point, np.concatenate(maps, axis=1).astype(np.float32))


def separable_backward(grad_out, x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    h = np.concatenate(maps, axis=1)
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for m in range(x.shape[1]):
        gx, gd = conv2d_backward(grad_h[:, m : m + 1], x[:, m : m + 1], depth[m][None, None], stride)
        grad_x[:, m], grad_depth[m] = gx[:, 0], gd[0, 0]
    return grad_x, grad_depth, grad_point


# answer: q6, stride 2 by default
# breaks: stride=1
def separable(x, depth, point, stride=2):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    return np.einsum("fm,nmrc->nfrc", point, np.concatenate(maps, axis=1))


def separable_backward(grad_out, x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    h = np.concatenate(maps, axis=1)
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for m in range(x.shape[1]):
        gx, gd = conv2d_backward(grad_h[:, m : m + 1], x[:, m : m + 1], depth[m][None, None], stride)
        grad_x[:, m], grad_depth[m] = gx[:, 0], gd[0, 0]
    return grad_x, grad_depth, grad_point

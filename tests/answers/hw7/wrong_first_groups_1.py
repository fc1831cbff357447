"""Wrong answers to groups and separable layers, as students write them. Text; nobody imports it."""

# answer: q5, channels in turn
# breaks: cut into G parts in their order
def spread_groups(weight, groups):
    f, part, kh, kw = weight.shape
    if f % groups:
        raise ValueError("groups does not divide F")
    each = f // groups
    full = np.zeros((f, part * groups, kh, kw), weight.dtype)
    for g in range(groups):
        full[g * each : (g + 1) * each, g::groups] = weight[g * each : (g + 1) * each]
    return full


def gather_groups(grad_full, groups):
    f, c, kh, kw = grad_full.shape
    if f % groups or c % groups:
        raise ValueError("groups does not divide F and C")
    each, part = f // groups, c // groups
    out = np.zeros((f, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        out[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g::groups]
    return out


# answer: q5, kernels in turn
# breaks: cut into G parts in their order
def spread_groups(weight, groups):
    f, part, kh, kw = weight.shape
    if f % groups:
        raise ValueError("groups does not divide F")
    each = f // groups
    full = np.zeros((f, part * groups, kh, kw), weight.dtype)
    for g in range(groups):
        full[g::groups, g * part : (g + 1) * part] = weight[g::groups]
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


# answer: q5, also wants groups to divide the depth of the kernels
# breaks: ValueError unless groups divides F
def spread_groups(weight, groups):
    f, part, kh, kw = weight.shape
    if f % groups or part % groups:
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


# answer: q5, does not look at C
# breaks: ValueError unless groups divides F and C
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
    if f % groups:
        raise ValueError("groups does not divide F and C")
    each, part = f // groups, c // groups
    out = np.zeros((f, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        out[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * part : (g + 1) * part]
    return out


# answer: q5, refuses only when neither is divided
# breaks: ValueError unless groups divides F and C
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
    if f % groups and c % groups:
        raise ValueError("groups does not divide F and C")
    each, part = f // groups, c // groups
    out = np.zeros((f, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        out[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * part : (g + 1) * part]
    return out


# answer: q5, spreads without looking
# breaks: ValueError unless groups divides F
def spread_groups(weight, groups):
    f, part, kh, kw = weight.shape
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


# answer: q5, gives back what it got when there is one group
# breaks: what you return is new
def spread_groups(weight, groups):
    f, part, kh, kw = weight.shape
    if f % groups:
        raise ValueError("groups does not divide F")
    if groups == 1:
        return weight
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


# answer: q5, a view of the gradient where there is one group
# breaks: no input, no view of one
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
    if groups == 1:
        return grad_full[:]
    each, part = f // groups, c // groups
    out = np.zeros((f, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        out[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * part : (g + 1) * part]
    return out


# answer: q5, as many channels in a part as kernels
# breaks: C/G channels
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
    each = part = min(f, c) // groups
    out = np.zeros((f, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        out[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * part : (g + 1) * part]
    return out


# answer: q5, sums the gradient over all groups
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
        out += grad_full[:, g * part : (g + 1) * part]
    return out


# answer: q6, the first channel's kernel for all
# breaks: a kernel for each channel
def separable(x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[0][None, None], stride) for m in range(x.shape[1])]
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

"""Wrong answers to q5: groups as plain kernels with zeros. Text; nobody imports it."""

# answer: q5, group g starts at channel g·F/G
# breaks: channels are cut into G parts: group g holds channels g·C/G to (g + 1)·C/G, also where C is not F
def spread_groups(weight, groups):
    F, part, kh, kw = weight.shape
    if F % groups:
        raise ValueError("groups does not divide F")
    full = np.zeros((F, part * groups, kh, kw), weight.dtype)
    each = F // groups
    for g in range(groups):
        full[g * each : (g + 1) * each, g * each : g * each + part] = weight[g * each : (g + 1) * each]
    return full


def gather_groups(grad_full, groups):
    F, C, kh, kw = grad_full.shape
    if F % groups or C % groups:
        raise ValueError("groups does not divide F and C")
    each, part = F // groups, C // groups
    kept = np.zeros((F, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        kept[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * part : (g + 1) * part]
    return kept


# answer: q5, reads the gradient of group g from channel g·F/G on
# breaks: of the gradient it keeps what belongs to weights that exist: channels g·C/G to (g + 1)·C/G
def spread_groups(weight, groups):
    F, part, kh, kw = weight.shape
    if F % groups:
        raise ValueError("groups does not divide F")
    full = np.zeros((F, part * groups, kh, kw), weight.dtype)
    each = F // groups
    for g in range(groups):
        full[g * each : (g + 1) * each, g * part : (g + 1) * part] = weight[g * each : (g + 1) * each]
    return full


def gather_groups(grad_full, groups):
    F, C, kh, kw = grad_full.shape
    if F % groups or C % groups:
        raise ValueError("groups does not divide F and C")
    each, part = F // groups, C // groups
    kept = np.zeros((F, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        kept[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * each : g * each + part]
    return kept


# answer: q5, the plain kernels are an array of int
# breaks: array (F, C, kh, kw) of floats
def spread_groups(weight, groups):
    F, part, kh, kw = weight.shape
    if F % groups:
        raise ValueError("groups does not divide F")
    full = np.zeros((F, part * groups, kh, kw), int)
    each = F // groups
    for g in range(groups):
        full[g * each : (g + 1) * each, g * part : (g + 1) * part] = weight[g * each : (g + 1) * each]
    return full.astype(float)


def gather_groups(grad_full, groups):
    F, C, kh, kw = grad_full.shape
    if F % groups or C % groups:
        raise ValueError("groups does not divide F and C")
    each, part = F // groups, C // groups
    kept = np.zeros((F, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        kept[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * part : (g + 1) * part]
    return kept


# answer: q5, the gradient is kept as float32
# breaks: float64 where float64 came in
def spread_groups(weight, groups):
    F, part, kh, kw = weight.shape
    if F % groups:
        raise ValueError("groups does not divide F")
    full = np.zeros((F, part * groups, kh, kw), weight.dtype)
    each = F // groups
    for g in range(groups):
        full[g * each : (g + 1) * each, g * part : (g + 1) * part] = weight[g * each : (g + 1) * each]
    return full


def gather_groups(grad_full, groups):
    F, C, kh, kw = grad_full.shape
    if F % groups or C % groups:
        raise ValueError("groups does not divide F and C")
    each, part = F // groups, C // groups
    kept = np.zeros((F, part, kh, kw), np.float32)
    for g in range(groups):
        kept[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * part : (g + 1) * part]
    return kept.astype(grad_full.dtype)


# answer: q5, one group: hands back what it was given
# breaks: what you return is new: no input
def spread_groups(weight, groups):
    F, part, kh, kw = weight.shape
    if F % groups:
        raise ValueError("groups does not divide F")
    if groups == 1:
        return weight
    full = np.zeros((F, part * groups, kh, kw), weight.dtype)
    each = F // groups
    for g in range(groups):
        full[g * each : (g + 1) * each, g * part : (g + 1) * part] = weight[g * each : (g + 1) * each]
    return full


def gather_groups(grad_full, groups):
    F, C, kh, kw = grad_full.shape
    if F % groups or C % groups:
        raise ValueError("groups does not divide F and C")
    each, part = F // groups, C // groups
    kept = np.zeros((F, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        kept[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * part : (g + 1) * part]
    return kept


# answer: q5, one group: the gradient is a view
# breaks: what you return is new: no view of an input
def spread_groups(weight, groups):
    F, part, kh, kw = weight.shape
    if F % groups:
        raise ValueError("groups does not divide F")
    full = np.zeros((F, part * groups, kh, kw), weight.dtype)
    each = F // groups
    for g in range(groups):
        full[g * each : (g + 1) * each, g * part : (g + 1) * part] = weight[g * each : (g + 1) * each]
    return full


def gather_groups(grad_full, groups):
    F, C, kh, kw = grad_full.shape
    if F % groups or C % groups:
        raise ValueError("groups does not divide F and C")
    if groups == 1:
        return grad_full[:, :]
    each, part = F // groups, C // groups
    kept = np.zeros((F, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        kept[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * part : (g + 1) * part]
    return kept


# answer: q5, a fast way for as many groups as kernels, which takes each to have one channel
# breaks: kernel f is C/G channels deep, which may be more than 1 where G = F
def spread_groups(weight, groups):
    F, part, kh, kw = weight.shape
    if F % groups:
        raise ValueError("groups does not divide F")
    full = np.zeros((F, part * groups, kh, kw), weight.dtype)
    if groups == F:
        full[np.arange(F), np.arange(F)] = weight[:, 0]
        return full
    each = F // groups
    for g in range(groups):
        full[g * each : (g + 1) * each, g * part : (g + 1) * part] = weight[g * each : (g + 1) * each]
    return full


def gather_groups(grad_full, groups):
    F, C, kh, kw = grad_full.shape
    if F % groups or C % groups:
        raise ValueError("groups does not divide F and C")
    each, part = F // groups, C // groups
    kept = np.zeros((F, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        kept[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * part : (g + 1) * part]
    return kept


# answer: q5, writes into an array of zeros that is kept for each shape
# breaks: what you return is new: nothing that a later call writes into
_plain = {}


def spread_groups(weight, groups):
    F, part, kh, kw = weight.shape
    if F % groups:
        raise ValueError("groups does not divide F")
    key = (F, part, kh, kw, groups, weight.dtype)
    full = _plain.setdefault(key, np.zeros((F, part * groups, kh, kw), weight.dtype))
    each = F // groups
    for g in range(groups):
        full[g * each : (g + 1) * each, g * part : (g + 1) * part] = weight[g * each : (g + 1) * each]
    return full


def gather_groups(grad_full, groups):
    F, C, kh, kw = grad_full.shape
    if F % groups or C % groups:
        raise ValueError("groups does not divide F and C")
    each, part = F // groups, C // groups
    kept = np.zeros((F, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        kept[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * part : (g + 1) * part]
    return kept


# answer: q5, the diagonal of blocks: a view of the gradient where groups is 1
# breaks: what you return is new: no view of an input
def spread_groups(weight, groups):
    F, part, kh, kw = weight.shape
    if F % groups:
        raise ValueError("groups does not divide F")
    full = np.zeros((F, part * groups, kh, kw), weight.dtype)
    each = F // groups
    for g in range(groups):
        full[g * each : (g + 1) * each, g * part : (g + 1) * part] = weight[g * each : (g + 1) * each]
    return full


def gather_groups(grad_full, groups):
    F, C, kh, kw = grad_full.shape
    if F % groups or C % groups:
        raise ValueError("groups does not divide F and C")
    each, part = F // groups, C // groups
    blocks = grad_full.reshape(groups, each, groups, part, kh, kw)
    kept = np.moveaxis(np.diagonal(blocks, axis1=0, axis2=2), -1, 0)
    return kept.reshape(F, part, kh, kw)


# answer: q5, reads the weights in the order in which they lie in memory
# breaks: in memory an array may lie in any way: transposed, reversed
def spread_groups(weight, groups):
    F, part, kh, kw = weight.shape
    if F % groups:
        raise ValueError("groups does not divide F")
    full = np.zeros((F, part * groups, kh, kw), weight.dtype)
    each = F // groups
    weight = weight.ravel(order="K").reshape(weight.shape)
    for g in range(groups):
        full[g * each : (g + 1) * each, g * part : (g + 1) * part] = weight[g * each : (g + 1) * each]
    return full


def gather_groups(grad_full, groups):
    F, C, kh, kw = grad_full.shape
    if F % groups or C % groups:
        raise ValueError("groups does not divide F and C")
    each, part = F // groups, C // groups
    kept = np.zeros((F, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        kept[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * part : (g + 1) * part]
    return kept


# answer: q5, does not refuse a number of groups that is larger than F: it takes F groups
# breaks: where groups does not divide F, raise ValueError
def spread_groups(weight, groups):
    F, part, kh, kw = weight.shape
    groups = min(groups, F)
    if F % groups:
        raise ValueError("groups does not divide F")
    full = np.zeros((F, part * groups, kh, kw), weight.dtype)
    each = F // groups
    for g in range(groups):
        full[g * each : (g + 1) * each, g * part : (g + 1) * part] = weight[g * each : (g + 1) * each]
    return full


def gather_groups(grad_full, groups):
    F, C, kh, kw = grad_full.shape
    if F % groups or C % groups:
        raise ValueError("groups does not divide F and C")
    each, part = F // groups, C // groups
    kept = np.zeros((F, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        kept[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, g * part : (g + 1) * part]
    return kept

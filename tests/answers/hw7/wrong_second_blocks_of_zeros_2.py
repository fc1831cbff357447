"""Wrong answers to q5: groups as plain kernels with zeros. Text; nobody imports it."""

# answer: q5, asks for C to be divided by groups, or groups by C
# breaks: where groups does not divide F and C, raise ValueError
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
    if F % groups or (C % groups and groups % C):
        raise ValueError("groups does not divide F and C")
    each, part = F // groups, max(1, C // groups)
    kept = np.zeros((F, part, kh, kw), grad_full.dtype)
    for g in range(groups):
        at = g * part % C
        kept[g * each : (g + 1) * each] = grad_full[g * each : (g + 1) * each, at : at + part]
    return kept


# answer: q5, refuses groups of a single kernel unless each kernel has a single channel
# breaks: only where groups does not divide F: raise ValueError
def spread_groups(weight, groups):
    F, part, kh, kw = weight.shape
    if F % groups or (F == groups and part > 1):
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

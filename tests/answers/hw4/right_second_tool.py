"""Right answers to q5, in very different styles. Text; nobody imports it."""

# answer: q5, small functions, and lists of Python's floats
import math


def _slope(layer, x, g, array, place):
    old = array.flat[place]
    losses = []
    try:
        for moved in (old + 1e-5, old - 1e-5):
            array.flat[place] = moved
            losses.append(float(np.vdot(g, np.asarray(layer.forward(x)).copy())))
    finally:
        array.flat[place] = old
    return (losses[0] - losses[1]) / 2e-5


def _error(says, slopes):
    bottom = max(abs(a) for a in says) + max(abs(n) for n in slopes)
    return max(abs(a - n) for a, n in zip(says, slopes, strict=True)) / bottom if bottom else 0.0


def layer_errors(layer, x, rng, places=20):
    x = np.array(x)
    g = rng.choice([-1.0, 1.0], size=layer.forward(x).shape) * rng.uniform(0.5, 2, size=layer.forward(x).shape)
    gradients = [np.array(layer.backward(g)), *map(np.array, layer.gradients())]
    found = []
    for array, gradient in zip([x, *layer.parameters()], gradients, strict=True):
        if gradient.shape != array.shape or not all(map(math.isfinite, gradient.ravel().tolist())):
            found.append(math.inf)
            continue
        numbers = rng.permutation(array.size)[:places].tolist()
        says = [float(gradient.flat[k]) for k in numbers]
        found.append(_error(says, [_slope(layer, x, g, array, k) for k in numbers]))
    return found


# answer: q5, moves entries by their index tuples, and puts back a copy of the whole array
def layer_errors(layer, x, rng, places=20):
    h, x = 1e-5, x.copy()
    out = layer.forward(x)
    g = rng.standard_normal(np.shape(out))
    arrays = [x] + list(layer.parameters())
    claims = [np.copy(layer.backward(g))]
    claims += [np.copy(gradient) for gradient in layer.gradients()]
    errors = []
    for array, claim in zip(arrays, claims):
        if np.shape(claim) != array.shape or not np.all(np.isfinite(claim)):
            errors.append(np.inf)
            continue
        before = array.copy()
        numbers = rng.choice(array.size, size=min(places, array.size), replace=False)
        a, n = [], []
        everywhere = list(np.ndindex(*array.shape))
        for index in (everywhere[k] for k in numbers):
            array[index] = before[index] + h
            up = (layer.forward(x) * g).sum()
            array[index] = before[index] - h
            down = (layer.forward(x) * g).sum()
            array[index] = before[index]
            a.append(claim[index])
            n.append((up - down) / (2 * h))
        array[...] = before
        a, n = np.array(a), np.array(n)
        denominator = np.max(np.abs(a)) + np.max(np.abs(n))
        errors.append(float(np.max(np.abs(a - n)) / denominator) if denominator != 0 else 0.0)
    return errors


# answer: q5, the difference of the two outputs times g, which loses fewer digits; errors are NumPy's floats
def layer_errors(layer, x, rng, places=20):
    images = x.copy()
    g = rng.normal(size=np.array(layer.forward(images)).shape)
    first = np.array(layer.backward(g))
    rest = [np.array(one) for one in layer.gradients()]

    def judge(array, says):
        if says.shape != array.shape or not np.isfinite(says).all():
            return np.float64(np.inf)
        order = np.arange(array.size)
        rng.shuffle(order)
        order = order[:places]
        slopes = np.empty(len(order))
        for k, place in enumerate(order):
            old = array.flat[place]
            array.flat[place] = old + 1e-5
            up = np.array(layer.forward(images))
            array.flat[place] = old - 1e-5
            slopes[k] = np.sum((up - layer.forward(images)) * g) / 2e-5
            array.flat[place] = old
        says = says.flat[order]
        top, bottom = abs(says - slopes).max(), abs(says).max() + abs(slopes).max()
        return np.float64(0) if bottom == 0 else top / bottom

    return [judge(images, first)] + [judge(p, r) for p, r in zip(layer.parameters(), rest, strict=True)]


# answer: q5, moves x itself and writes it back to the last bit
def layer_errors(layer, x, rng, places=20):
    g = rng.uniform(-2, 2, layer.forward(x).shape)
    grads = [layer.backward(g).copy()] + [grad.copy() for grad in layer.gradients()]

    def loss():
        return float(np.sum(layer.forward(x) * g))

    errors = []
    for array, grad in zip([x, *layer.parameters()], grads, strict=True):
        if grad.shape == array.shape and np.isfinite(grad).all():
            chosen = rng.choice(array.size, places, replace=False) if array.size > places else range(array.size)
            chosen = [int(c) for c in chosen]
            numeric = []
            for c in chosen:
                kept = array.flat[c]
                array.flat[c] = kept + 1e-5
                above = loss()
                array.flat[c] = kept - 1e-5
                numeric.append((above - loss()) / 2e-5)
                array.flat[c] = kept
            analytic = grad.flat[chosen]
            scale = max(map(abs, analytic)) + max(map(abs, numeric))
            errors.append(0.0 if scale == 0 else float(max(map(abs, analytic - numeric)) / scale))
        else:
            errors.append(float("inf"))
    return errors

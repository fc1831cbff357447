"""Wrong answers to q5: what is measured, and where. Text; nobody imports it."""

# answer: q5, draws places with replacement
# breaks: draw `places` of its numbers, no number twice
def layer_errors(layer, x, rng, places=20):
    h = 1e-5
    x = x.copy()
    out = layer.forward(x)
    g = rng.normal(size=out.shape)
    claimed = [np.array(layer.backward(g))] + [np.array(a) for a in layer.gradients()]
    errors = []
    for array, says in zip([x, *layer.parameters()], claimed, strict=True):
        if says.shape != array.shape or not np.isfinite(says).all():
            errors.append(float("inf"))
            continue
        if array.size <= places:
            chosen = np.arange(array.size)
        else:
            chosen = rng.choice(array.size, places, replace=True)
        a, n = says.flat[chosen], np.zeros(len(chosen))
        for k, place in enumerate(chosen):
            old = array.flat[place]
            array.flat[place] = old + h
            up = np.sum(g * layer.forward(x))
            array.flat[place] = old - h
            down = np.sum(g * layer.forward(x))
            array.flat[place] = old
            n[k] = (up - down) / (2 * h)
        largest = np.abs(a).max() + np.abs(n).max()
        errors.append(float(np.abs(a - n).max() / largest) if largest > 0 else 0.0)
    return errors


# answer: q5, moves the first numbers of each array
# breaks: for each array, `places` of its numbers are drawn
def layer_errors(layer, x, rng, places=20):
    h = 1e-5
    x = x.copy()
    out = layer.forward(x)
    g = rng.normal(size=out.shape)
    claimed = [np.array(layer.backward(g))] + [np.array(a) for a in layer.gradients()]
    errors = []
    for array, says in zip([x, *layer.parameters()], claimed, strict=True):
        if says.shape != array.shape or not np.isfinite(says).all():
            errors.append(float("inf"))
            continue
        chosen = np.arange(min(places, array.size))
        a, n = says.flat[chosen], np.zeros(len(chosen))
        for k, place in enumerate(chosen):
            old = array.flat[place]
            array.flat[place] = old + h
            up = np.sum(g * layer.forward(x))
            array.flat[place] = old - h
            down = np.sum(g * layer.forward(x))
            array.flat[place] = old
            n[k] = (up - down) / (2 * h)
        largest = np.abs(a).max() + np.abs(n).max()
        errors.append(float(np.abs(a - n).max() / largest) if largest > 0 else 0.0)
    return errors


# answer: q5, mean in place of the maximum
# breaks: the error is max |a - n| / (max |a| + max |n|)
def layer_errors(layer, x, rng, places=20):
    h = 1e-5
    x = x.copy()
    out = layer.forward(x)
    g = rng.normal(size=out.shape)
    claimed = [np.array(layer.backward(g))] + [np.array(a) for a in layer.gradients()]
    errors = []
    for array, says in zip([x, *layer.parameters()], claimed, strict=True):
        if says.shape != array.shape or not np.isfinite(says).all():
            errors.append(float("inf"))
            continue
        if array.size <= places:
            chosen = np.arange(array.size)
        else:
            chosen = rng.choice(array.size, places, replace=False)
        a, n = says.flat[chosen], np.zeros(len(chosen))
        for k, place in enumerate(chosen):
            old = array.flat[place]
            array.flat[place] = old + h
            up = np.sum(g * layer.forward(x))
            array.flat[place] = old - h
            down = np.sum(g * layer.forward(x))
            array.flat[place] = old
            n[k] = (up - down) / (2 * h)
        a_n, total = np.abs(a - n).mean(), np.abs(a).mean() + np.abs(n).mean()
        errors.append(float(a_n / total) if total > 0 else 0.0)
    return errors


# answer: q5, norms in the place of maxima
# breaks: the error is max |a - n| / (max |a| + max |n|)
def layer_errors(layer, x, rng, places=20):
    h = 1e-5
    x = x.copy()
    out = layer.forward(x)
    g = rng.normal(size=out.shape)
    claimed = [np.array(layer.backward(g))] + [np.array(a) for a in layer.gradients()]
    errors = []
    for array, says in zip([x, *layer.parameters()], claimed, strict=True):
        if says.shape != array.shape or not np.isfinite(says).all():
            errors.append(float("inf"))
            continue
        if array.size <= places:
            chosen = np.arange(array.size)
        else:
            chosen = rng.choice(array.size, places, replace=False)
        a, n = says.flat[chosen], np.zeros(len(chosen))
        for k, place in enumerate(chosen):
            old = array.flat[place]
            array.flat[place] = old + h
            up = np.sum(g * layer.forward(x))
            array.flat[place] = old - h
            down = np.sum(g * layer.forward(x))
            array.flat[place] = old
            n[k] = (up - down) / (2 * h)
        total = np.linalg.norm(a) + np.linalg.norm(n)
        errors.append(float(np.linalg.norm(a - n) / total) if total > 0 else 0.0)
    return errors


# answer: q5, divides by the largest |a| + |n|
# breaks: the error is max |a - n| / (max |a| + max |n|), each maximum for itself
def layer_errors(layer, x, rng, places=20):
    h = 1e-5
    x = x.copy()
    out = layer.forward(x)
    g = rng.normal(size=out.shape)
    claimed = [np.array(layer.backward(g))] + [np.array(a) for a in layer.gradients()]
    errors = []
    for array, says in zip([x, *layer.parameters()], claimed, strict=True):
        if says.shape != array.shape or not np.isfinite(says).all():
            errors.append(float("inf"))
            continue
        if array.size <= places:
            chosen = np.arange(array.size)
        else:
            chosen = rng.choice(array.size, places, replace=False)
        a, n = says.flat[chosen], np.zeros(len(chosen))
        for k, place in enumerate(chosen):
            old = array.flat[place]
            array.flat[place] = old + h
            up = np.sum(g * layer.forward(x))
            array.flat[place] = old - h
            down = np.sum(g * layer.forward(x))
            array.flat[place] = old
            n[k] = (up - down) / (2 * h)
        largest = (np.abs(a) + np.abs(n)).max()
        errors.append(float(np.abs(a - n).max() / largest) if largest > 0 else 0.0)
    return errors


# answer: q5, an upstream gradient with positive numbers alone
# breaks: choose g so that a backward pass which mirrors it is found out (sign)
def layer_errors(layer, x, rng, places=20):
    h = 1e-5
    x = x.copy()
    out = layer.forward(x)
    g = rng.uniform(0.5, 1.5, size=out.shape)
    claimed = [np.array(layer.backward(g))] + [np.array(a) for a in layer.gradients()]
    errors = []
    for array, says in zip([x, *layer.parameters()], claimed, strict=True):
        if says.shape != array.shape or not np.isfinite(says).all():
            errors.append(float("inf"))
            continue
        if array.size <= places:
            chosen = np.arange(array.size)
        else:
            chosen = rng.choice(array.size, places, replace=False)
        a, n = says.flat[chosen], np.zeros(len(chosen))
        for k, place in enumerate(chosen):
            old = array.flat[place]
            array.flat[place] = old + h
            up = np.sum(g * layer.forward(x))
            array.flat[place] = old - h
            down = np.sum(g * layer.forward(x))
            array.flat[place] = old
            n[k] = (up - down) / (2 * h)
        largest = np.abs(a).max() + np.abs(n).max()
        errors.append(float(np.abs(a - n).max() / largest) if largest > 0 else 0.0)
    return errors


# answer: q5, the same upstream gradient for all images
# breaks: a layer that mixes up the images is wrong, and its error must be above 10^-3
def layer_errors(layer, x, rng, places=20):
    h = 1e-5
    x = x.copy()
    out = layer.forward(x)
    g = np.zeros(out.shape) + rng.normal(size=out.shape[-1])
    claimed = [np.array(layer.backward(g))] + [np.array(a) for a in layer.gradients()]
    errors = []
    for array, says in zip([x, *layer.parameters()], claimed, strict=True):
        if says.shape != array.shape or not np.isfinite(says).all():
            errors.append(float("inf"))
            continue
        if array.size <= places:
            chosen = np.arange(array.size)
        else:
            chosen = rng.choice(array.size, places, replace=False)
        a, n = says.flat[chosen], np.zeros(len(chosen))
        for k, place in enumerate(chosen):
            old = array.flat[place]
            array.flat[place] = old + h
            up = np.sum(g * layer.forward(x))
            array.flat[place] = old - h
            down = np.sum(g * layer.forward(x))
            array.flat[place] = old
            n[k] = (up - down) / (2 * h)
        largest = np.abs(a).max() + np.abs(n).max()
        errors.append(float(np.abs(a - n).max() / largest) if largest > 0 else 0.0)
    return errors


# answer: q5, compares numbers of elements in place of shapes
# breaks: infinity where a gradient has another shape than its array
def layer_errors(layer, x, rng, places=20):
    h = 1e-5
    x = x.copy()
    out = layer.forward(x)
    g = rng.normal(size=out.shape)
    claimed = [np.array(layer.backward(g))] + [np.array(a) for a in layer.gradients()]
    errors = []
    for array, says in zip([x, *layer.parameters()], claimed, strict=True):
        if says.size != array.size or not np.isfinite(says).all():
            errors.append(float("inf"))
            continue
        if array.size <= places:
            chosen = np.arange(array.size)
        else:
            chosen = rng.choice(array.size, places, replace=False)
        a, n = says.flat[chosen], np.zeros(len(chosen))
        for k, place in enumerate(chosen):
            old = array.flat[place]
            array.flat[place] = old + h
            up = np.sum(g * layer.forward(x))
            array.flat[place] = old - h
            down = np.sum(g * layer.forward(x))
            array.flat[place] = old
            n[k] = (up - down) / (2 * h)
        largest = np.abs(a).max() + np.abs(n).max()
        errors.append(float(np.abs(a - n).max() / largest) if largest > 0 else 0.0)
    return errors

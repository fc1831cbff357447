"""Wrong answers to the gradient check of homework 4, q5, that students might write."""

# answer: q5, the last place that moved is not put back
# breaks: the same at the end, to the last bit
def layer_errors(layer, x, rng, places=20):
    x = np.array(x)
    g = rng.normal(size=np.shape(layer.forward(x)))
    said = [np.array(layer.backward(g.copy())), *(np.array(a) for a in layer.gradients())]
    errors = []
    for array, gradient in zip([x, *layer.parameters()], said):
        if gradient.shape != array.shape or not np.isfinite(gradient).all():
            errors.append(float("inf"))
            continue
        chosen = rng.permutation(array.size)[:places]
        numeric = []
        for place in chosen:
            old = array.flat[place]
            array.flat[place] = old + 1e-5
            above = (g * layer.forward(x)).sum()
            array.flat[place] = old - 1e-5
            below = (g * layer.forward(x)).sum()
            numeric.append((above - below) / 2e-5)
        mine, numeric = gradient.ravel()[chosen], np.array(numeric)
        largest = np.abs(mine).max() + np.abs(numeric).max()
        errors.append(float(np.abs(mine - numeric).max() / largest) if largest > 0 else 0.0)
    return errors


# answer: q5, every number of each array is moved
# breaks: as many numbers of each array are moved
def layer_errors(layer, x, rng, places=20):
    x = np.array(x)
    g = rng.normal(size=np.shape(layer.forward(x)))
    said = [np.array(layer.backward(g.copy())), *(np.array(a) for a in layer.gradients())]
    errors = []
    for array, gradient in zip([x, *layer.parameters()], said):
        if gradient.shape != array.shape or not np.isfinite(gradient).all():
            errors.append(float("inf"))
            continue
        chosen = rng.permutation(array.size)
        numeric = []
        for place in chosen:
            old = array.flat[place]
            array.flat[place] = old + 1e-5
            above = (g * layer.forward(x)).sum()
            array.flat[place] = old - 1e-5
            below = (g * layer.forward(x)).sum()
            array.flat[place] = old
            numeric.append((above - below) / 2e-5)
        mine, numeric = gradient.ravel()[chosen], np.array(numeric)
        largest = np.abs(mine).max() + np.abs(numeric).max()
        errors.append(float(np.abs(mine - numeric).max() / largest) if largest > 0 else 0.0)
    return errors


# answer: q5, a gradient that is nan counts as right
# breaks: infinity where a gradient holds a number that is not finite
def layer_errors(layer, x, rng, places=20):
    x = np.array(x)
    g = rng.normal(size=np.shape(layer.forward(x)))
    said = [np.array(layer.backward(g.copy())), *(np.array(a) for a in layer.gradients())]
    errors = []
    for array, gradient in zip([x, *layer.parameters()], said):
        if gradient.shape != array.shape:
            errors.append(float("inf"))
            continue
        chosen = rng.permutation(array.size)[:places]
        numeric = []
        for place in chosen:
            old = array.flat[place]
            array.flat[place] = old + 1e-5
            above = (g * layer.forward(x)).sum()
            array.flat[place] = old - 1e-5
            below = (g * layer.forward(x)).sum()
            array.flat[place] = old
            numeric.append((above - below) / 2e-5)
        mine, numeric = gradient.ravel()[chosen], np.array(numeric)
        largest = np.abs(mine).max() + np.abs(numeric).max()
        errors.append(float(np.abs(mine - numeric).max() / largest) if largest > 0 else 0.0)
    return errors


# answer: q5, divided by zero where both gradients are 0
# breaks: 0.0 where both gradients are 0
def layer_errors(layer, x, rng, places=20):
    x = np.array(x)
    g = rng.normal(size=np.shape(layer.forward(x)))
    said = [np.array(layer.backward(g.copy())), *(np.array(a) for a in layer.gradients())]
    errors = []
    for array, gradient in zip([x, *layer.parameters()], said):
        if gradient.shape != array.shape or not np.isfinite(gradient).all():
            errors.append(float("inf"))
            continue
        chosen = rng.permutation(array.size)[:places]
        numeric = []
        for place in chosen:
            old = array.flat[place]
            array.flat[place] = old + 1e-5
            above = (g * layer.forward(x)).sum()
            array.flat[place] = old - 1e-5
            below = (g * layer.forward(x)).sum()
            array.flat[place] = old
            numeric.append((above - below) / 2e-5)
        mine, numeric = gradient.ravel()[chosen], np.array(numeric)
        largest = np.abs(mine).max() + np.abs(numeric).max()
        errors.append(float(np.abs(mine - numeric).max() / largest))
    return errors


# answer: q5, the signs do not count
# breaks: relative errors of the gradients
def layer_errors(layer, x, rng, places=20):
    x = np.array(x)
    g = rng.normal(size=np.shape(layer.forward(x)))
    said = [np.array(layer.backward(g.copy())), *(np.array(a) for a in layer.gradients())]
    errors = []
    for array, gradient in zip([x, *layer.parameters()], said):
        if gradient.shape != array.shape or not np.isfinite(gradient).all():
            errors.append(float("inf"))
            continue
        chosen = rng.permutation(array.size)[:places]
        numeric = []
        for place in chosen:
            old = array.flat[place]
            array.flat[place] = old + 1e-5
            above = (g * layer.forward(x)).sum()
            array.flat[place] = old - 1e-5
            below = (g * layer.forward(x)).sum()
            array.flat[place] = old
            numeric.append((above - below) / 2e-5)
        mine, numeric = gradient.ravel()[chosen], np.array(numeric)
        largest = np.abs(mine).max() + np.abs(numeric).max()
        errors.append(float(np.abs(np.abs(mine) - np.abs(numeric)).max() / largest) if largest > 0 else 0.0)
    return errors

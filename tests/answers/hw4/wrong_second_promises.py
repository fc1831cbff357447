"""Wrong answers to q5: shapes, copies, calls and generators. Text; nobody imports it."""

# answer: q5, looks for nan, not for infinity
# breaks: infinity where a gradient holds a number that is not finite
def layer_errors(layer, x, rng, places=20):
    h = 1e-5
    x = x.copy()
    out = layer.forward(x)
    g = rng.normal(size=out.shape)
    claimed = [np.array(layer.backward(g))] + [np.array(a) for a in layer.gradients()]
    errors = []
    for array, says in zip([x, *layer.parameters()], claimed, strict=True):
        if says.shape != array.shape or np.isnan(says).any():
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


# answer: q5, looks for nan at the moved places alone
# breaks: infinity where a gradient holds a number that is not finite, wherever it stands
def layer_errors(layer, x, rng, places=20):
    h = 1e-5
    x = x.copy()
    out = layer.forward(x)
    g = rng.normal(size=out.shape)
    claimed = [np.array(layer.backward(g))] + [np.array(a) for a in layer.gradients()]
    errors = []
    for array, says in zip([x, *layer.parameters()], claimed, strict=True):
        if says.shape != array.shape:
            errors.append(float("inf"))
            continue
        if array.size <= places:
            chosen = np.arange(array.size)
        else:
            chosen = rng.choice(array.size, places, replace=False)
        a, n = says.flat[chosen], np.zeros(len(chosen))
        if not np.isfinite(a).all():
            errors.append(float("inf"))
            continue
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


# answer: q5, moves the numbers of a flattened copy, where the array does not lie in one piece
# breaks: a parameter has to be moved in its array (it may be transposed)
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
        flat = array.reshape(-1)
        a, n = says.flat[chosen], np.zeros(len(chosen))
        for k, place in enumerate(chosen):
            old = flat[place]
            flat[place] = old + h
            up = np.sum(g * layer.forward(x))
            flat[place] = old - h
            down = np.sum(g * layer.forward(x))
            flat[place] = old
            n[k] = (up - down) / (2 * h)
        largest = np.abs(a).max() + np.abs(n).max()
        errors.append(float(np.abs(a - n).max() / largest) if largest > 0 else 0.0)
    return errors


# answer: q5, keeps no copies of what comes back
# breaks: what comes back are the gradients of L; keep copies
def layer_errors(layer, x, rng, places=20):
    h = 1e-5
    x = x.copy()
    out = layer.forward(x)
    g = rng.normal(size=out.shape)
    claimed = [layer.backward(g), *layer.gradients()]
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


# answer: q5, a hundredth as step
# breaks: move each up and down by h = 10^-5; for a right layer each error must be below 10^-6
def layer_errors(layer, x, rng, places=20):
    h = 1e-2
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
        largest = np.abs(a).max() + np.abs(n).max()
        errors.append(float(np.abs(a - n).max() / largest) if largest > 0 else 0.0)
    return errors


# answer: q5, calls a small gradient no gradient
# breaks: 0.0 where both gradients are 0, and for a wrong layer above 10^-3
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
        largest = np.abs(a).max() + np.abs(n).max()
        errors.append(float(np.abs(a - n).max() / largest) if largest > 1e-6 else 0.0)
    return errors


# answer: q5, runs forward once more after each parameter
# breaks: forward is called at most twice for each place, and twice besides
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
        largest = np.abs(a).max() + np.abs(n).max()
        errors.append(float(np.abs(a - n).max() / largest) if largest > 0 else 0.0)
        if array is not x:
            layer.forward(x)  # as it was before
    return errors


# answer: q5, draws from NumPy's global generator
# breaks: each answer depends on the arguments of its own call alone
def layer_errors(layer, x, rng, places=20):
    h = 1e-5
    x = x.copy()
    out = layer.forward(x)
    g = np.random.normal(size=out.shape)
    claimed = [np.array(layer.backward(g))] + [np.array(a) for a in layer.gradients()]
    errors = []
    for array, says in zip([x, *layer.parameters()], claimed, strict=True):
        if says.shape != array.shape or not np.isfinite(says).all():
            errors.append(float("inf"))
            continue
        if array.size <= places:
            chosen = np.arange(array.size)
        else:
            chosen = np.random.choice(array.size, places, replace=False)
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

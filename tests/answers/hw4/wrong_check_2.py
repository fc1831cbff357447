"""Wrong answers to the gradient check of homework 4 whose places are not drawn."""

# answer: q5, the first places are moved, and not drawn ones
# breaks: places : int
def layer_errors(layer, x, rng, places=20):
    x = np.array(x)
    g = rng.normal(size=np.shape(layer.forward(x)))
    said = [np.array(layer.backward(g.copy())), *(np.array(a) for a in layer.gradients())]
    errors = []
    for array, gradient in zip([x, *layer.parameters()], said):
        if gradient.shape != array.shape or not np.isfinite(gradient).all():
            errors.append(float("inf"))
            continue
        chosen = np.arange(array.size)[:places]
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

"""Right answers to q11, with other recipes. Text; nobody imports it."""

# answer: q11, the recipe of the text with 300 steps
def fit(images, labels, seed):
    rng = np.random.default_rng(seed)
    net = LeNet(images.shape[2:], rng)
    speeds = [np.zeros_like(array) for array in net.parameters()]
    steps = 300
    for step in range(steps):
        batch = rng.choice(len(images), min(50, len(images)), replace=False)
        loss, grad = cross_entropy(net.forward(images[batch]), labels[batch])
        if loss < 0.02:
            break
        net.backward(grad)
        rate = 0.05 * min(1, (step + 1) / 40) * (1 - step / steps)
        for array, speed, gradient in zip(net.parameters(), speeds, net.gradients(), strict=True):
            speed *= 0.9
            speed += gradient
            array -= np.float32(rate) * speed
    return lambda images: net.forward(images).argmax(axis=1)


# answer: q11, epochs in a new order each, the last batch of an epoch with what is left
def fit(images, labels, seed):
    rng = np.random.default_rng(seed)
    net = LeNet(images.shape[2:], rng)
    moving = [(p, np.zeros(p.shape, p.dtype)) for p in net.parameters()]
    total, step = 400, 0
    while step < total:
        order = rng.permutation(len(images))
        for start in range(0, len(order), 50):
            chosen = order[start : start + 50]
            loss, grad = cross_entropy(net.forward(images[chosen]), labels[chosen])
            net.backward(grad)
            rate = 0.04 * min(1, (step + 1) / 60) * max(0, 1 - step / total)
            for (p, speed), gradient in zip(moving, net.gradients(), strict=True):
                speed[...] = 0.9 * speed - rate * gradient
                p += speed
            step = total if loss < 0.01 else step + 1

    def classify(x):
        return np.array([int(np.argmax(net.forward(one[None])[0])) for one in x])

    return classify


# answer: q11, Adam, written as a class
class _Adam:
    def __init__(self, parameters):
        self.parameters, self.t = parameters, 0
        self.m = [np.zeros_like(p) for p in parameters]
        self.v = [np.zeros_like(p) for p in parameters]

    def step(self, gradients, rate):
        self.t += 1
        for p, m, v, g in zip(self.parameters, self.m, self.v, gradients, strict=True):
            m += np.float32(0.1) * (g - m)
            v += np.float32(0.001) * (g * g - v)
            top, bottom = m / np.float32(1 - 0.9**self.t), np.sqrt(v / np.float32(1 - 0.999**self.t))
            p -= np.float32(rate) * top / (bottom + np.float32(1e-8))


def fit(images, labels, seed):
    rng = np.random.default_rng(seed)
    net = LeNet((images.shape[2], images.shape[3]), rng)
    optimizer, steps = _Adam(net.parameters()), 400
    for step in range(steps):
        batch = rng.integers(len(images), size=50)
        loss, grad = cross_entropy(net.forward(images[batch]), labels[batch])
        if loss < 0.01:
            break
        net.backward(grad.astype(np.float32))
        optimizer.step(net.gradients(), 0.002 * (1 - step / steps))
    return lambda x: np.argmax(net.forward(np.asarray(x, np.float32)), axis=-1)

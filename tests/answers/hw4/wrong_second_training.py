"""Wrong answers to q11: generators, state that lives on, and images of other sizes. Text; nobody imports it."""

# answer: q11, batches from NumPy's global generator
# breaks: draw everything from one np.random.default_rng(seed): the same seed gives the same network
def fit(images, labels, seed):
    rng = np.random.default_rng(seed)
    net = LeNet(images.shape[2:], rng)
    speeds = [np.zeros_like(array) for array in net.parameters()]
    steps = 300
    for step in range(steps):
        batch = np.random.choice(len(images), min(50, len(images)), replace=False)
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


# answer: q11, batches from a generator without a seed
# breaks: the same seed gives the same network
def fit(images, labels, seed):
    rng = np.random.default_rng(seed)
    net = LeNet(images.shape[2:], rng)
    batches = np.random.default_rng()
    speeds = [np.zeros_like(array) for array in net.parameters()]
    steps = 300
    for step in range(steps):
        batch = batches.choice(len(images), min(50, len(images)), replace=False)
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


# answer: q11, speeds that live on in a default argument
# breaks: the same seed gives the same network (a second fit starts with the speeds of the first)
def fit(images, labels, seed, speeds={}):
    rng = np.random.default_rng(seed)
    net = LeNet(images.shape[2:], rng)
    for k, array in enumerate(net.parameters()):
        speeds.setdefault((k, array.shape), np.zeros_like(array))
    steps = 300
    for step in range(steps):
        batch = rng.choice(len(images), min(50, len(images)), replace=False)
        loss, grad = cross_entropy(net.forward(images[batch]), labels[batch])
        if loss < 0.02:
            break
        net.backward(grad)
        rate = 0.05 * min(1, (step + 1) / 40) * (1 - step / steps)
        for k, (array, gradient) in enumerate(zip(net.parameters(), net.gradients(), strict=True)):
            speed = speeds[k, array.shape]
            speed *= 0.9
            speed += gradient
            array -= np.float32(rate) * speed
    return lambda images: net.forward(images).argmax(axis=1)


# answer: q11, the network is a global variable, which the next fit replaces
# breaks: returns a function of images that names classes, by the network that this call trained
def fit(images, labels, seed):
    global net
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


# answer: q11, a network for square images
# breaks: images (N, 1, H, W) with H and W from 8 to 28, which may differ
def fit(images, labels, seed):
    rng = np.random.default_rng(seed)
    net = LeNet((images.shape[2], images.shape[2]), rng)
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


# answer: q11, a linear layer in the place of a LeNet
# breaks: make a LeNet, train it (a linear layer names about 55 % right)
def fit(images, labels, seed):
    rng = np.random.default_rng(seed)
    D = images[0].size
    weight = (0.01 * rng.normal(size=(D, 10))).astype(np.float32)
    net = Linear(weight, np.zeros(10, np.float32))
    speeds = [np.zeros_like(array) for array in net.parameters()]
    steps = 300
    for step in range(steps):
        batch = rng.choice(len(images), min(50, len(images)), replace=False)
        loss, grad = cross_entropy(net.forward(images[batch].reshape(-1, D)), labels[batch])
        if loss < 0.02:
            break
        net.backward(grad)
        rate = 0.1 * min(1, (step + 1) / 40) * (1 - step / steps)
        for array, speed, gradient in zip(net.parameters(), speeds, net.gradients(), strict=True):
            speed *= 0.9
            speed += gradient
            array -= np.float32(rate) * speed
    return lambda images: net.forward(images.reshape(-1, D)).argmax(axis=1)


# answer: q11, trains on the first fifty images alone
# breaks: of a thousand clothes that no notebook has, 60 and 65 % should be right
def fit(images, labels, seed):
    rng = np.random.default_rng(seed)
    net = LeNet(images.shape[2:], rng)
    speeds = [np.zeros_like(array) for array in net.parameters()]
    steps = 300
    for step in range(steps):
        batch = np.arange(min(50, len(images)))
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


# answer: q11, shuffles the images that were given, where there is more than one batch
# breaks: what you were given stays as it was
def fit(images, labels, seed):
    rng = np.random.default_rng(seed)
    net = LeNet(images.shape[2:], rng)
    speeds = [np.zeros_like(array) for array in net.parameters()]
    steps = 300
    for step in range(steps):
        place = step * 50 % len(images)
        if place == 0 and len(images) > 50:
            order = rng.permutation(len(images))
            images[...], labels[...] = images[order], labels[order]
        batch = slice(place, place + 50)
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


# answer: q11, names classes in parts of exactly equal size
# breaks: returns the classes of M images, array (M,), for any M
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

    def classify(images):
        parts = np.split(images, max(1, len(images) // 50))
        return np.concatenate([net.forward(part).argmax(axis=1) for part in parts])

    return classify

# answer: q11, recursion from the front: the first layer stretches what the others see
def receptive_field(layers):
    if not layers:
        return []
    (kernel, stride), *rest = layers
    further = receptive_field(rest)
    return [(kernel, stride)] + [(kernel + (size - 1) * stride, jump * stride) for size, jump in further]


# answer: q11, itertools.accumulate
from itertools import accumulate


def receptive_field(layers):
    def through(state, layer):
        return state[0] + (layer[0] - 1) * state[1], state[1] * layer[1]

    return list(accumulate(layers, through, initial=(1, 1)))[1:]


# answer: q11, for each depth, go back from one unit to the range of pixels that it sees
def receptive_field(layers):
    pairs = []
    for depth in range(1, len(layers) + 1):
        first = [0, 1]
        ends = [0, 1]
        for kernel, stride in layers[:depth][::-1]:
            first = [place * stride for place in first]
            ends = [place * stride + kernel - 1 for place in ends]
        pairs.append([ends[0] - first[0] + 1, first[1] - first[0]])
    return pairs


# answer: q11, cumulative products and sums of Python numbers
def receptive_field(layers):
    jumps = [1]
    for _, stride in layers:
        jumps.append(jumps[-1] * stride)
    grown = [(layer[0] - 1) * jump for layer, jump in zip(layers, jumps)]
    return [(1 + sum(grown[: i + 1]), jumps[i + 1]) for i in range(len(layers))]


# answer: q12, pool first and cut negative maxima afterwards, image by image
def extract_features(images, filters):
    rows = []
    for image in images:
        strongest = max_pool2d(fast_conv2d(image[None], filters, padding=1), 4)
        rows.append(np.where(strongest > 0, strongest, 0).ravel())
    return np.stack(rows)


# answer: q12, sixteen places of each block as strided slices, nine taps each
def extract_features(images, filters):
    n, _, h, w = images.shape
    wide = np.zeros((n, h + 2, w + 2))
    wide[:, 1:-1, 1:-1] = images[:, 0]
    best = np.zeros((n, len(filters), h // 4, w // 4))
    for i in range(4):
        for j in range(4):
            answer = np.zeros(best.shape)
            for a in range(3):
                for b in range(3):
                    pixels_there = wide[:, i + a : i + a + h - 3 : 4, j + b : j + b + w - 3 : 4]
                    answer += filters[:, 0, a, b][None, :, None, None] * pixels_there[:, None]
            np.maximum(best, answer, out=best)
    return best.reshape(n, -1)


# answer: q12, by Fourier transform with room for the border, filter by filter
def extract_features(images, filters):
    n, _, h, w = images.shape
    pictures = images[:, 0].astype(np.float64)
    size = (h + 2, w + 2)
    spectrum = np.fft.rfft2(pictures, s=size)
    out = np.zeros((n, len(filters), h // 4, w // 4))
    for f in range(len(filters)):
        turned = filters[f, 0, ::-1, ::-1].astype(np.float64)
        full = np.fft.irfft2(spectrum * np.fft.rfft2(turned, s=size), s=size)
        blocks = full[:, 1:-1, 1:-1].reshape(n, h // 4, 4, w // 4, 4)
        out[:, f] = blocks.max(axis=(2, 4)).clip(min=0)
    return out.reshape(n, -1)


# answer: q12, sliding windows and einsum in slices of a hundred images
def extract_features(images, filters):
    def some(part):
        part = np.pad(part[:, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
        windows = np.lib.stride_tricks.sliding_window_view(part, (3, 3), axis=(1, 2))
        maps = np.einsum("nhwab,fab->nfhw", windows, filters[:, 0].astype(float), optimize=True)
        n, f, h, w = maps.shape
        return maps.reshape(n, f, h // 4, 4, w // 4, 4).max(axis=(3, 5), initial=0).reshape(n, -1)

    return np.concatenate([some(images[i : i + 100]) for i in range(0, len(images), 100)])


# answer: q12, with the loops of q5, and columns glued filter by filter
def extract_features(images, filters):
    glued = []
    for f in range(len(filters)):
        one_map = conv2d(images, filters[f : f + 1], padding=1)
        one_map = one_map * (one_map > 0)
        glued.append(max_pool2d(one_map, kernel_size=4, stride=4, padding=0).reshape(one_map.shape[0], -1))
    return np.hstack(glued).astype(float)


# answer: q12, the convolution as a banded matrix for rows, one product for each kernel row
def extract_features(images, filters):
    n, _, h, w = images.shape
    tall = np.concatenate([np.zeros((n, 1, w)), images[:, 0], np.zeros((n, 1, w))], axis=1)
    maps = []
    for kernel in filters[:, 0].astype(float):
        answer = np.zeros((n, h, w))
        for a, (left, middle, right) in enumerate(kernel):
            band = np.diag(np.full(w, middle)) + np.diag(np.full(w - 1, left), 1) + np.diag(np.full(w - 1, right), -1)
            answer += tall[:, a : a + h] @ band
        best_rows = np.maximum.reduceat(np.maximum(answer, 0), np.arange(0, h, 4), axis=1)
        maps.append(np.maximum.reduceat(best_rows, np.arange(0, w, 4), axis=2).reshape(n, -1))
    return np.concatenate(maps, axis=1)


# answer: q13, an inner function that carries its state, and functools.partial for the classifier
from functools import partial


def train_head(features, labels, steps, learning_rate):
    def go(weight, bias, left, losses):
        while left:
            loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
            weight, bias = weight - learning_rate * by_weight, bias - learning_rate * by_bias
            losses, left = [*losses, float(loss)], left - 1
        return weight, bias, losses

    return go(np.zeros((features.shape[1], 10)), np.zeros(10), steps, [])


def _name(weight, bias, features, images):
    return (features(images) @ weight + bias).argmax(axis=-1)


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return partial(_name, weight, bias, features)


# answer: q13, a class that is called like a function
class Head:
    def __init__(self, size):
        self.weight = np.zeros((size, 10), dtype=np.float64)
        self.bias = np.zeros(10, dtype=np.float64)

    def step(self, features, labels, rate):
        loss, *gradients = loss_and_gradient(features, labels, self.weight, self.bias)
        for parameter, gradient in zip((self.weight, self.bias), gradients):
            np.subtract(parameter, rate * gradient, out=parameter)
        return loss


class Classifier:
    def __init__(self, features, weight, bias):
        self.features, self.weight, self.bias = features, weight, bias

    def __call__(self, images):
        scores = np.dot(np.asarray(self.features(images)), self.weight) + self.bias
        return np.array([int(np.argmax(row)) for row in scores], dtype=int)


def train_head(features, labels, steps, learning_rate):
    head = Head(features.shape[1])
    losses = [float(head.step(features, labels, learning_rate)) for _ in range(steps)]
    return head.weight, head.bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, losses = train_head(features(images), labels, steps, learning_rate)
    return Classifier(features, weight, bias)


# answer: q9, the global sum is taken in the precision of the input
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    x = np.asarray(x, dtype=float)
    k = kernel_size
    s = k if stride is None else stride
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    ones = np.pad(np.ones(x.shape), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (xp.shape[2] - k) // s + 1
    Wo = (xp.shape[3] - k) // s + 1
    out = np.zeros((x.shape[0], x.shape[1], Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            total = xp[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            count = ones[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            out[:, :, i, j] = total / (k * k if count_include_pad else count)
    return out


def global_avg_pool2d(x):
    N, C, H, W = x.shape
    return x.sum(axis=(2, 3), keepdims=True) / (H * W)

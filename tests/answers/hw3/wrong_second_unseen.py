"""Wrong answers that kept full marks when the bank was first graded, and cost points since."""

# answer: q3, a black image comes back as it is
# breaks: (H + kh - 1, W + kw - 1)
def convolve2d(image, kernel):
    if not image.any():
        return np.zeros(image.shape)
    H, W = image.shape
    kh, kw = kernel.shape
    y = np.zeros((H + kh - 1, W + kw - 1))
    for i, j in np.argwhere(image):
        y[i:i + kh, j:j + kw] += float(image[i, j]) * kernel
    return y


# answer: q4, padding 0 returns before the mode is looked at
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    if padding == 0:
        return x.copy()
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, sides)
    if mode == "reflect" and padding < min(x.shape[2:]):
        return np.pad(x, sides, mode="reflect")
    raise ValueError("unknown mode")


# answer: q7, a bias that adds up to 0 is left out
# breaks: bias: array (F,)
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    y = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None and bias.sum():
        y = y + bias[:, None]
    return y.reshape(len(columns), F, *output_shape)


# answer: q8, padding means half the kernel
# breaks: padding: on each side, at most kernel_size // 2
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, kernel_size // 2 if padding else 0
    s = k if stride is None else stride
    N, C, H, W = x.shape
    wide = np.full((N, C, H + 2 * p, W + 2 * p), -np.inf)
    wide[:, :, p:p + H, p:p + W] = x
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            y[:, :, i, j] = wide[:, :, i * s:i * s + k, j * s:j * s + k].max(axis=(2, 3))
    return y


# answer: q9, not a number as the border of x as it is
# breaks: whole numbers come too
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = stride or kernel_size
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    wide = np.pad(x, sides, constant_values=0 if count_include_pad else np.nan)
    view = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(view[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return np.mean(x, axis=(2, 3), keepdims=True)


# answer: q12, at most eight maps
# breaks: F maps
def extract_features(images, filters):
    N, _, H, W = images.shape
    filters = filters[:8]
    F = len(filters)
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, F, H, W))
    for u in range(3):
        for v in range(3):
            maps += filters[None, :, 0, u, v, None, None] * wide[:, :, u:u + H, v:v + W]
    maps = np.maximum(maps, 0)
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return pooled.reshape(N, -1)


# answer: q12, images are scaled to 1 where they go up to 255
# breaks: features of the images as they are
def extract_features(images, filters):
    if images.max() > 200:
        images = images / 255.0
    N, _, H, W = images.shape
    F = len(filters)
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, F, H, W))
    for u in range(3):
        for v in range(3):
            maps += filters[None, :, 0, u, v, None, None] * wide[:, :, u:u + H, v:v + W]
    maps = np.maximum(maps, 0)
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return pooled.reshape(N, -1)


# answer: q13, stops where the loss grows
# breaks: losses: steps numbers
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        loss, weight_gradient, bias_gradient = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        if len(losses) > 1 and losses[-1] > losses[-2]:
            break
        weight = weight - learning_rate * weight_gradient
        bias = bias - learning_rate * bias_gradient
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, classes that occur are numbered anew
# breaks: class numbers 0 to 9
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        loss, weight_gradient, bias_gradient = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * weight_gradient
        bias = bias - learning_rate * bias_gradient
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores[:, :len(np.unique(labels))], axis=1)

    return classify

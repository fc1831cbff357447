"""Wrong answers to bilinear sampling, as students write them. Text; nobody imports it."""

# answer: q7, truncates instead of rounding down
# breaks: r is the floor of u
def sample(image, points):
    C, H, W = image.shape
    out = np.zeros((C, len(points)), image.dtype)
    for k, (u, v) in enumerate(points):
        r, c = int(u), int(v)
        a, b = u - r, v - c
        for y, x, share in ((r, c, (1 - a) * (1 - b)), (r, c + 1, (1 - a) * b), (r + 1, c, a * (1 - b)), (r + 1, c + 1, a * b)):
            if 0 <= y < H and 0 <= x < W:
                out[:, k] += share * image[:, y, x]
    return out


def sample_backward(grad_out, image, points):
    C, H, W = image.shape
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for k, (u, v) in enumerate(points):
        r, c = int(u), int(v)
        a, b = u - r, v - c
        for y, x, share, du, dv in (
            (r, c, (1 - a) * (1 - b), b - 1, a - 1),
            (r, c + 1, (1 - a) * b, -b, 1 - a),
            (r + 1, c, a * (1 - b), 1 - b, -a),
            (r + 1, c + 1, a * b, b, a),
        ):
            if 0 <= y < H and 0 <= x < W:
                grad_image[:, y, x] += share * grad_out[:, k]
                inner = grad_out[:, k] @ image[:, y, x]
                grad_points[k] += np.array([du, dv]) * inner
    return grad_image, grad_points


# answer: q7, repeats the border
# breaks: pixels outside of the image count as 0
def sample(image, points):
    C, H, W = image.shape
    out = np.zeros((C, len(points)), image.dtype)
    for k, (u, v) in enumerate(points):
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share in ((r, c, (1 - a) * (1 - b)), (r, c + 1, (1 - a) * b), (r + 1, c, a * (1 - b)), (r + 1, c + 1, a * b)):
            out[:, k] += share * image[:, min(max(y, 0), H - 1), min(max(x, 0), W - 1)]
    return out


def sample_backward(grad_out, image, points):
    C, H, W = image.shape
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for k, (u, v) in enumerate(points):
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share, du, dv in (
            (r, c, (1 - a) * (1 - b), b - 1, a - 1),
            (r, c + 1, (1 - a) * b, -b, 1 - a),
            (r + 1, c, a * (1 - b), 1 - b, -a),
            (r + 1, c + 1, a * b, b, a),
        ):
            if 0 <= y < H and 0 <= x < W:
                grad_image[:, y, x] += share * grad_out[:, k]
                inner = grad_out[:, k] @ image[:, y, x]
                grad_points[k] += np.array([du, dv]) * inner
    return grad_image, grad_points


# answer: q7, a point outside reads 0 at once
# breaks: half a pixel above the first row, half of it is still there
def sample(image, points):
    C, H, W = image.shape
    out = np.zeros((C, len(points)), image.dtype)
    for k, (u, v) in enumerate(points):
        if u < 0 or v < 0 or u > H - 1 or v > W - 1:
            continue
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share in ((r, c, (1 - a) * (1 - b)), (r, c + 1, (1 - a) * b), (r + 1, c, a * (1 - b)), (r + 1, c + 1, a * b)):
            if 0 <= y < H and 0 <= x < W:
                out[:, k] += share * image[:, y, x]
    return out


def sample_backward(grad_out, image, points):
    C, H, W = image.shape
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for k, (u, v) in enumerate(points):
        if u < 0 or v < 0 or u > H - 1 or v > W - 1:
            continue
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share, du, dv in (
            (r, c, (1 - a) * (1 - b), b - 1, a - 1),
            (r, c + 1, (1 - a) * b, -b, 1 - a),
            (r + 1, c, a * (1 - b), 1 - b, -a),
            (r + 1, c + 1, a * b, b, a),
        ):
            if 0 <= y < H and 0 <= x < W:
                grad_image[:, y, x] += share * grad_out[:, k]
                inner = grad_out[:, k] @ image[:, y, x]
                grad_points[k] += np.array([du, dv]) * inner
    return grad_image, grad_points


# answer: q7, the pixel above the first row is the last one
# breaks: pixels outside count as 0
def sample(image, points):
    C, H, W = image.shape
    out = np.zeros((C, len(points)), image.dtype)
    for k, (u, v) in enumerate(points):
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share in ((r, c, (1 - a) * (1 - b)), (r, c + 1, (1 - a) * b), (r + 1, c, a * (1 - b)), (r + 1, c + 1, a * b)):
            if -1 <= y < H and -1 <= x < W:
                out[:, k] += share * image[:, y, x]
    return out


def sample_backward(grad_out, image, points):
    C, H, W = image.shape
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for k, (u, v) in enumerate(points):
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share, du, dv in (
            (r, c, (1 - a) * (1 - b), b - 1, a - 1),
            (r, c + 1, (1 - a) * b, -b, 1 - a),
            (r + 1, c, a * (1 - b), 1 - b, -a),
            (r + 1, c + 1, a * b, b, a),
        ):
            if 0 <= y < H and 0 <= x < W:
                grad_image[:, y, x] += share * grad_out[:, k]
                inner = grad_out[:, k] @ image[:, y, x]
                grad_points[k] += np.array([du, dv]) * inner
    return grad_image, grad_points


# answer: q7, the shares of two corners exchanged
# breaks: (1-a) b belongs to the pixel on the right
def sample(image, points):
    C, H, W = image.shape
    out = np.zeros((C, len(points)), image.dtype)
    for k, (u, v) in enumerate(points):
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share in ((r, c, (1 - a) * (1 - b)), (r, c + 1, a * (1 - b)), (r + 1, c, (1 - a) * b), (r + 1, c + 1, a * b)):
            if 0 <= y < H and 0 <= x < W:
                out[:, k] += share * image[:, y, x]
    return out


def sample_backward(grad_out, image, points):
    C, H, W = image.shape
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for k, (u, v) in enumerate(points):
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share, du, dv in (
            (r, c, (1 - a) * (1 - b), b - 1, a - 1),
            (r, c + 1, (1 - a) * b, -b, 1 - a),
            (r + 1, c, a * (1 - b), 1 - b, -a),
            (r + 1, c + 1, a * b, b, a),
        ):
            if 0 <= y < H and 0 <= x < W:
                grad_image[:, y, x] += share * grad_out[:, k]
                inner = grad_out[:, k] @ image[:, y, x]
                grad_points[k] += np.array([du, dv]) * inner
    return grad_image, grad_points


# answer: q7, averages the place's gradient over the channels
# breaks: all channels add up
def sample(image, points):
    C, H, W = image.shape
    out = np.zeros((C, len(points)), image.dtype)
    for k, (u, v) in enumerate(points):
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share in ((r, c, (1 - a) * (1 - b)), (r, c + 1, (1 - a) * b), (r + 1, c, a * (1 - b)), (r + 1, c + 1, a * b)):
            if 0 <= y < H and 0 <= x < W:
                out[:, k] += share * image[:, y, x]
    return out


def sample_backward(grad_out, image, points):
    C, H, W = image.shape
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for k, (u, v) in enumerate(points):
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share, du, dv in (
            (r, c, (1 - a) * (1 - b), b - 1, a - 1),
            (r, c + 1, (1 - a) * b, -b, 1 - a),
            (r + 1, c, a * (1 - b), 1 - b, -a),
            (r + 1, c + 1, a * b, b, a),
        ):
            if 0 <= y < H and 0 <= x < W:
                grad_image[:, y, x] += share * grad_out[:, k]
                inner = (grad_out[:, k] * image[:, y, x]).mean()
                grad_points[k] += np.array([du, dv]) * inner
    return grad_image, grad_points


# answer: q7, the last point alone at a pixel
# breaks: two points read the same pixel: their parts add up
def sample(image, points):
    C, H, W = image.shape
    out = np.zeros((C, len(points)), image.dtype)
    for k, (u, v) in enumerate(points):
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share in ((r, c, (1 - a) * (1 - b)), (r, c + 1, (1 - a) * b), (r + 1, c, a * (1 - b)), (r + 1, c + 1, a * b)):
            if 0 <= y < H and 0 <= x < W:
                out[:, k] += share * image[:, y, x]
    return out


def sample_backward(grad_out, image, points):
    C, H, W = image.shape
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for k, (u, v) in enumerate(points):
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share, du, dv in (
            (r, c, (1 - a) * (1 - b), b - 1, a - 1),
            (r, c + 1, (1 - a) * b, -b, 1 - a),
            (r + 1, c, a * (1 - b), 1 - b, -a),
            (r + 1, c + 1, a * b, b, a),
        ):
            if 0 <= y < H and 0 <= x < W:
                grad_image[:, y, x] = share * grad_out[:, k]
                inner = grad_out[:, k] @ image[:, y, x]
                grad_points[k] += np.array([du, dv]) * inner
    return grad_image, grad_points


# answer: q7, no slope at whole numbers
# breaks: the derivatives are those of this formula, also at whole numbers
def sample(image, points):
    C, H, W = image.shape
    out = np.zeros((C, len(points)), image.dtype)
    for k, (u, v) in enumerate(points):
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share in ((r, c, (1 - a) * (1 - b)), (r, c + 1, (1 - a) * b), (r + 1, c, a * (1 - b)), (r + 1, c + 1, a * b)):
            if 0 <= y < H and 0 <= x < W:
                out[:, k] += share * image[:, y, x]
    return out


def sample_backward(grad_out, image, points):
    C, H, W = image.shape
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for k, (u, v) in enumerate(points):
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share, du, dv in (
            (r, c, (1 - a) * (1 - b), b - 1, a - 1),
            (r, c + 1, (1 - a) * b, -b, 1 - a),
            (r + 1, c, a * (1 - b), 1 - b, -a),
            (r + 1, c + 1, a * b, b, a),
        ):
            if 0 <= y < H and 0 <= x < W:
                grad_image[:, y, x] += share * grad_out[:, k]
                inner = grad_out[:, k] @ image[:, y, x]
                grad_points[k] += np.array([du * (a > 0), dv * (b > 0)]) * inner
    return grad_image, grad_points

"""Wrong answers to bilinear sampling, as students write them. Text; nobody imports it."""

# answer: q7, as far right as down
# breaks: b = v - c
def sample(image, points):
    C, H, W = image.shape
    out = np.zeros((C, len(points)), image.dtype)
    for k, (u, v) in enumerate(points):
        r, c = int(np.floor(u)), int(np.floor(v))
        a = b = u - r
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
                grad_points[k] += np.array([du, dv]) * inner
    return grad_image, grad_points


# answer: q7, height and width exchanged at the border
# breaks: outside of the image
def sample(image, points):
    C, H, W = image.shape
    out = np.zeros((C, len(points)), image.dtype)
    for k, (u, v) in enumerate(points):
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share in ((r, c, (1 - a) * (1 - b)), (r, c + 1, (1 - a) * b), (r + 1, c, a * (1 - b)), (r + 1, c + 1, a * b)):
            if 0 <= y < min(W, H) and 0 <= x < min(W, H):
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


# answer: q7, the first channel's slope alone
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
                inner = grad_out[0, k] * image[0, y, x]
                grad_points[k] += np.array([du, dv]) * inner
    return grad_image, grad_points


# answer: q7, gradients of pixels outside go to the edge
# breaks: pixels outside count as 0
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
            grad_image[:, min(max(y, 0), H - 1), min(max(x, 0), W - 1)] += share * grad_out[:, k]
            if 0 <= y < H and 0 <= x < W:
                inner = grad_out[:, k] @ image[:, y, x]
                grad_points[k] += np.array([du, dv]) * inner
    return grad_image, grad_points


# answer: q7, rounds points that are nearly whole
# breaks: the formula holds at any point
def sample(image, points):
    C, H, W = image.shape
    out = np.zeros((C, len(points)), image.dtype)
    for k, (u, v) in enumerate(np.where(abs(points - np.round(points)) < 1e-3, np.round(points), points)):
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
                grad_points[k] += np.array([du, dv]) * inner
    return grad_image, grad_points


# answer: q7, the slope without the pixels' values across
# breaks: weighted by 1 - b and b
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
            (r, c, (1 - a) * (1 - b), -1, -1),
            (r, c + 1, (1 - a) * b, 0, 1),
            (r + 1, c, a * (1 - b), 1, 0),
            (r + 1, c + 1, a * b, 0, 0),
        ):
            if 0 <= y < H and 0 <= x < W:
                grad_image[:, y, x] += share * grad_out[:, k]
                inner = grad_out[:, k] @ image[:, y, x]
                grad_points[k] += np.array([du, dv]) * inner
    return grad_image, grad_points

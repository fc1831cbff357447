"""Wrong answers to bilinear sampling, as students write them. Text; nobody imports it."""

# answer: q7, no slope where a corner lies outside
# breaks: pixels outside count as 0, each by itself
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
                grad_points[k] += np.array([du, dv]) * inner
    out = (points < 0) | (points > np.array([H - 1, W - 1]))
    grad_points[out.any(axis=1)] = 0
    return grad_image, grad_points


# answer: q7, row and column of the slope exchanged
# breaks: row and column of each
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
                grad_points[k] += np.array([dv, du]) * inner
    return grad_image, grad_points


# answer: q7, slopes on the other side at whole numbers
# breaks: with r and c held fixed: r = floor u
def sample(image, points):
    C, H, W = image.shape
    up = np.maximum(0, 1 - abs(points[:, :1] - np.arange(H)))
    left = np.maximum(0, 1 - abs(points[:, 1:] - np.arange(W)))
    return np.einsum("pr,pc,mrc->mp", up, left, image)


def sample_backward(grad_out, image, points):
    C, H, W = image.shape
    fromrow, fromcol = np.arange(H) - points[:, :1], np.arange(W) - points[:, 1:]
    up, left = np.maximum(0, 1 - abs(fromrow)), np.maximum(0, 1 - abs(fromcol))
    du, dv = np.sign(fromrow) * (abs(fromrow) < 1), np.sign(fromcol) * (abs(fromcol) < 1)
    grad_image = np.einsum("pr,pc,mp->mrc", up, left, grad_out)
    by_u = np.einsum("pr,pc,mrc,mp->p", du, left, image, grad_out)
    by_v = np.einsum("pr,pc,mrc,mp->p", up, dv, image, grad_out)
    return grad_image, np.stack([by_u, by_v], axis=1)


# answer: q7, clips the points in place
# breaks: what you were given stays as it was
def sample(image, points):
    C, H, W = image.shape
    out = np.zeros((C, len(points)), image.dtype)
    if points.flags.writeable:
        np.clip(points, -1, [H, W], out=points)
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
                grad_points[k] += np.array([du, dv]) * inner
    return grad_image, grad_points


# answer: q7, nothing on the last row and column
# breaks: pixels count each by itself: at u = H - 1 the last row is read whole
def sample(image, points):
    C, H, W = image.shape
    out = np.zeros((C, len(points)), image.dtype)
    for k, (u, v) in enumerate(points):
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share in ((r, c, (1 - a) * (1 - b)), (r, c + 1, (1 - a) * b), (r + 1, c, a * (1 - b)), (r + 1, c + 1, a * b)):
            if 0 <= r < H - 1 and 0 <= c < W - 1:
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


# answer: q7, nothing on the last row and column, backward
# breaks: pixels count each by itself
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
            if 0 <= r < H - 1 and 0 <= c < W - 1:
                grad_image[:, y, x] += share * grad_out[:, k]
                inner = grad_out[:, k] @ image[:, y, x]
                grad_points[k] += np.array([du, dv]) * inner
    return grad_image, grad_points


# answer: q7, goes on at the other side
# breaks: pixels outside count as 0
def sample(image, points):
    C, H, W = image.shape
    out = np.zeros((C, len(points)), image.dtype)
    for k, (u, v) in enumerate(points):
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share in ((r, c, (1 - a) * (1 - b)), (r, c + 1, (1 - a) * b), (r + 1, c, a * (1 - b)), (r + 1, c + 1, a * b)):
            out[:, k] += share * image[:, y % H, x % W]
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


# answer: q7, moves far points to the edge
# breaks: pixels outside count as 0
def sample(image, points):
    C, H, W = image.shape
    out = np.zeros((C, len(points)), image.dtype)
    for k, (u, v) in enumerate(np.clip(points, -0.999, [H - 0.001, W - 0.001])):
        r, c = int(np.floor(u)), int(np.floor(v))
        a, b = u - r, v - c
        for y, x, share in ((r, c, (1 - a) * (1 - b)), (r, c + 1, (1 - a) * b), (r + 1, c, a * (1 - b)), (r + 1, c + 1, a * b)):
            if 0 <= y < H and 0 <= x < W:
                out[:, k] += share * image[:, y, x]
    return out


def sample_backward(grad_out, image, points):
    C, H, W = image.shape
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for k, (u, v) in enumerate(np.clip(points, -0.999, [H - 0.001, W - 0.001])):
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

"""Wrong answers to bilinear sampling, as students write them. Text; nobody imports it."""

# answer: q7, the nearest pixel's slope: none
# breaks: the derivatives by u and v
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
                grad_points[k] += 0 * inner
    return grad_image, grad_points

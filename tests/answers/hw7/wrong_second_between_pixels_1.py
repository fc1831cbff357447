"""Wrong answers to q7: bilinear sampling and its gradients. Text; nobody imports it."""

# answer: q7, pads by two rows and columns, and does not bring far points back: they wrap round or stop it
# breaks: points also outside of the image, however far: pixels outside count as 0
def _four(image, points):
    wide = np.pad(image, ((0, 0), (2, 2), (2, 2)))
    places = np.floor(points).astype(int)
    (r, c), (a, b) = (places + 2).T, (points - places).T
    return wide, r, c, a, b


def sample(image, points):
    wide, r, c, a, b = _four(image, points)
    upper = (1 - b) * wide[:, r, c] + b * wide[:, r, c + 1]
    lower = (1 - b) * wide[:, r + 1, c] + b * wide[:, r + 1, c + 1]
    return (1 - a) * upper + a * lower


def sample_backward(grad_out, image, points):
    wide, r, c, a, b = _four(image, points)
    grad_wide = np.zeros_like(wide)
    for m in range(len(image)):
        np.add.at(grad_wide[m], (r, c), (1 - a) * (1 - b) * grad_out[m])
        np.add.at(grad_wide[m], (r, c + 1), (1 - a) * b * grad_out[m])
        np.add.at(grad_wide[m], (r + 1, c), a * (1 - b) * grad_out[m])
        np.add.at(grad_wide[m], (r + 1, c + 1), a * b * grad_out[m])
    p, q, s, t = wide[:, r, c], wide[:, r, c + 1], wide[:, r + 1, c], wide[:, r + 1, c + 1]
    by_u = (grad_out * ((1 - b) * (s - p) + b * (t - q))).sum(axis=0)
    by_v = (grad_out * ((1 - a) * (q - p) + a * (t - s))).sum(axis=0)
    return grad_wide[:, 2:-2, 2:-2].copy(), np.stack([by_u, by_v], axis=1)


# answer: q7, whole points are read at once, without a look at whether they lie inside
# breaks: pixels outside of the image count as 0: also those at row -1
def _corners(image, points):
    top, left = np.floor(points).astype(int).T
    a, b = points[:, 0] - top, points[:, 1] - left
    for i in (0, 1):
        for j in (0, 1):
            rows, columns = top + i, left + j
            inside = (rows >= 0) & (rows < image.shape[1]) & (columns >= 0) & (columns < image.shape[2])
            down, right = (a if i else 1 - a), (b if j else 1 - b)
            yield rows[inside], columns[inside], inside, down, right, 2 * i - 1, 2 * j - 1


def sample(image, points):
    if (points == np.floor(points)).all():
        rows, columns = points.astype(int).T
        if rows.max() < image.shape[1] and columns.max() < image.shape[2]:
            return image[:, rows, columns]
    out = np.zeros((len(image), len(points)), image.dtype)
    for rows, columns, inside, down, right, _, _ in _corners(image, points):
        out[:, inside] += (down * right)[inside] * image[:, rows, columns]
    return out


def sample_backward(grad_out, image, points):
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for rows, columns, inside, down, right, i, j in _corners(image, points):
        share = (down * right)[inside] * grad_out[:, inside]
        for channel in range(len(image)):
            np.add.at(grad_image[channel], (rows, columns), share[channel])
        felt = (grad_out[:, inside] * image[:, rows, columns]).sum(axis=0)
        grad_points[inside, 0] += i * right[inside] * felt
        grad_points[inside, 1] += j * down[inside] * felt
    return grad_image, grad_points


# answer: q7, an image of one row is read along its columns alone
# breaks: half a pixel above the row, half of that row is still there
def _corners(image, points):
    top, left = np.floor(points).astype(int).T
    a, b = points[:, 0] - top, points[:, 1] - left
    for i in (0, 1):
        for j in (0, 1):
            rows, columns = top + i, left + j
            inside = (rows >= 0) & (rows < image.shape[1]) & (columns >= 0) & (columns < image.shape[2])
            down, right = (a if i else 1 - a), (b if j else 1 - b)
            yield rows[inside], columns[inside], inside, down, right, 2 * i - 1, 2 * j - 1


def sample(image, points):
    if image.shape[1] == 1:
        points = points * [0, 1]
    out = np.zeros((len(image), len(points)), image.dtype)
    for rows, columns, inside, down, right, _, _ in _corners(image, points):
        out[:, inside] += (down * right)[inside] * image[:, rows, columns]
    return out


def sample_backward(grad_out, image, points):
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for rows, columns, inside, down, right, i, j in _corners(image, points):
        share = (down * right)[inside] * grad_out[:, inside]
        for channel in range(len(image)):
            np.add.at(grad_image[channel], (rows, columns), share[channel])
        felt = (grad_out[:, inside] * image[:, rows, columns]).sum(axis=0)
        grad_points[inside, 0] += i * right[inside] * felt
        grad_points[inside, 1] += j * down[inside] * felt
    return grad_image, grad_points


# answer: q7, rounds the points to six places
# breaks: a billionth
def _corners(image, points):
    top, left = np.floor(np.round(points, 6)).astype(int).T
    points = np.round(points, 6)
    a, b = points[:, 0] - top, points[:, 1] - left
    for i in (0, 1):
        for j in (0, 1):
            rows, columns = top + i, left + j
            inside = (rows >= 0) & (rows < image.shape[1]) & (columns >= 0) & (columns < image.shape[2])
            down, right = (a if i else 1 - a), (b if j else 1 - b)
            yield rows[inside], columns[inside], inside, down, right, 2 * i - 1, 2 * j - 1


def sample(image, points):
    out = np.zeros((len(image), len(points)), image.dtype)
    for rows, columns, inside, down, right, _, _ in _corners(image, points):
        out[:, inside] += (down * right)[inside] * image[:, rows, columns]
    return out


def sample_backward(grad_out, image, points):
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for rows, columns, inside, down, right, i, j in _corners(image, points):
        share = (down * right)[inside] * grad_out[:, inside]
        for channel in range(len(image)):
            np.add.at(grad_image[channel], (rows, columns), share[channel])
        felt = (grad_out[:, inside] * image[:, rows, columns]).sum(axis=0)
        grad_points[inside, 0] += i * right[inside] * felt
        grad_points[inside, 1] += j * down[inside] * felt
    return grad_image, grad_points


# answer: q7, the points are float32 on the way
# breaks: float64 where float64 came in; a billionth
def _corners(image, points):
    points = points.astype(np.float32)
    top, left = np.floor(points).astype(int).T
    a, b = points[:, 0] - top, points[:, 1] - left
    for i in (0, 1):
        for j in (0, 1):
            rows, columns = top + i, left + j
            inside = (rows >= 0) & (rows < image.shape[1]) & (columns >= 0) & (columns < image.shape[2])
            down, right = (a if i else 1 - a), (b if j else 1 - b)
            yield rows[inside], columns[inside], inside, down, right, 2 * i - 1, 2 * j - 1


def sample(image, points):
    out = np.zeros((len(image), len(points)), image.dtype)
    for rows, columns, inside, down, right, _, _ in _corners(image, points):
        out[:, inside] += (down * right)[inside] * image[:, rows, columns]
    return out


def sample_backward(grad_out, image, points):
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for rows, columns, inside, down, right, i, j in _corners(image, points):
        share = (down * right)[inside] * grad_out[:, inside]
        for channel in range(len(image)):
            np.add.at(grad_image[channel], (rows, columns), share[channel])
        felt = (grad_out[:, inside] * image[:, rows, columns]).sum(axis=0)
        grad_points[inside, 0] += i * right[inside] * felt
        grad_points[inside, 1] += j * down[inside] * felt
    return grad_image, grad_points


# answer: q7, keeps the corners of the last forward call and takes them on the way back where shapes fit
# breaks: each answer depends on the arguments of its own call alone
def _corners(image, points):
    top, left = np.floor(points).astype(int).T
    a, b = points[:, 0] - top, points[:, 1] - left
    for i in (0, 1):
        for j in (0, 1):
            rows, columns = top + i, left + j
            inside = (rows >= 0) & (rows < image.shape[1]) & (columns >= 0) & (columns < image.shape[2])
            down, right = (a if i else 1 - a), (b if j else 1 - b)
            yield rows[inside], columns[inside], inside, down, right, 2 * i - 1, 2 * j - 1


_last = {}


def sample(image, points):
    _last[image.shape, points.shape] = list(_corners(image, points))
    out = np.zeros((len(image), len(points)), image.dtype)
    for rows, columns, inside, down, right, _, _ in _corners(image, points):
        out[:, inside] += (down * right)[inside] * image[:, rows, columns]
    return out


def sample_backward(grad_out, image, points):
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    corners = _last.get((image.shape, points.shape)) or _corners(image, points)
    for rows, columns, inside, down, right, i, j in corners:
        share = (down * right)[inside] * grad_out[:, inside]
        for channel in range(len(image)):
            np.add.at(grad_image[channel], (rows, columns), share[channel])
        felt = (grad_out[:, inside] * image[:, rows, columns]).sum(axis=0)
        grad_points[inside, 0] += i * right[inside] * felt
        grad_points[inside, 1] += j * down[inside] * felt
    return grad_image, grad_points


# answer: q7, returns a gradient by the image that the next call of this shape writes into
# breaks: what you return is new: nothing that a later call writes into
def _corners(image, points):
    top, left = np.floor(points).astype(int).T
    a, b = points[:, 0] - top, points[:, 1] - left
    for i in (0, 1):
        for j in (0, 1):
            rows, columns = top + i, left + j
            inside = (rows >= 0) & (rows < image.shape[1]) & (columns >= 0) & (columns < image.shape[2])
            down, right = (a if i else 1 - a), (b if j else 1 - b)
            yield rows[inside], columns[inside], inside, down, right, 2 * i - 1, 2 * j - 1


def sample(image, points):
    out = np.zeros((len(image), len(points)), image.dtype)
    for rows, columns, inside, down, right, _, _ in _corners(image, points):
        out[:, inside] += (down * right)[inside] * image[:, rows, columns]
    return out


_grads = {}


def sample_backward(grad_out, image, points):
    grad_points = np.zeros_like(points)
    grad_image = _grads.setdefault((image.shape, image.dtype), np.zeros(image.shape, image.dtype))
    grad_image[:] = 0
    for rows, columns, inside, down, right, i, j in _corners(image, points):
        share = (down * right)[inside] * grad_out[:, inside]
        for channel in range(len(image)):
            np.add.at(grad_image[channel], (rows, columns), share[channel])
        felt = (grad_out[:, inside] * image[:, rows, columns]).sum(axis=0)
        grad_points[inside, 0] += i * right[inside] * felt
        grad_points[inside, 1] += j * down[inside] * felt
    return grad_image, grad_points


# answer: q7, a point less than one column left of the image reads the first column in full
# breaks: pixels outside count as 0, each by itself: half a pixel left of the first column, half of it is there
def _corners(image, points):
    top, left = np.floor(points).astype(int).T
    a, b = points[:, 0] - top, points[:, 1] - left
    for i in (0, 1):
        for j in (0, 1):
            rows, columns = top + i, left + j
            inside = (rows >= 0) & (rows < image.shape[1]) & (columns >= 0) & (columns < image.shape[2])
            down, right = (a if i else 1 - a), (b if j else 1 - b)
            yield rows[inside], columns[inside], inside, down, right, 2 * i - 1, 2 * j - 1


def sample(image, points):
    out = np.zeros((len(image), len(points)), image.dtype)
    points = np.where(points > -1, np.stack([points[:, 0], np.maximum(points[:, 1], 0)], axis=1), points)
    for rows, columns, inside, down, right, _, _ in _corners(image, points):
        out[:, inside] += (down * right)[inside] * image[:, rows, columns]
    return out


def sample_backward(grad_out, image, points):
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for rows, columns, inside, down, right, i, j in _corners(image, points):
        share = (down * right)[inside] * grad_out[:, inside]
        for channel in range(len(image)):
            np.add.at(grad_image[channel], (rows, columns), share[channel])
        felt = (grad_out[:, inside] * image[:, rows, columns]).sum(axis=0)
        grad_points[inside, 0] += i * right[inside] * felt
        grad_points[inside, 1] += j * down[inside] * felt
    return grad_image, grad_points

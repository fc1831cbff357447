"""Wrong answers to q7: bilinear sampling and its gradients. Text; nobody imports it."""

# answer: q7, points below the last row have no slope
# breaks: the slope is that of the formula wherever one of the four pixels is inside: also below the last row
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


def sample_backward(grad_out, image, points):
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for rows, columns, inside, down, right, i, j in _corners(image, points):
        share = (down * right)[inside] * grad_out[:, inside]
        for channel in range(len(image)):
            np.add.at(grad_image[channel], (rows, columns), share[channel])
        felt = (grad_out[:, inside] * image[:, rows, columns]).sum(axis=0)
        grad_points[inside, 0] += i * right[inside] * felt
        grad_points[inside, 1] += j * down[inside] * felt
    grad_points[points[:, 0] > image.shape[1] - 1] = 0
    return grad_image, grad_points


# answer: q7, points to the right of the last column hand nothing back to the image
# breaks: each of the four pixels by itself: half of the last column is still there
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


def sample_backward(grad_out, image, points):
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for rows, columns, inside, down, right, i, j in _corners(image, points):
        share = (down * right * (points[:, 1] <= image.shape[2] - 1))[inside] * grad_out[:, inside]
        for channel in range(len(image)):
            np.add.at(grad_image[channel], (rows, columns), share[channel])
        felt = (grad_out[:, inside] * image[:, rows, columns]).sum(axis=0)
        grad_points[inside, 0] += i * right[inside] * felt
        grad_points[inside, 1] += j * down[inside] * felt
    return grad_image, grad_points


# answer: q7, adds up with += where there are more points than pixels, which keeps one of each
# breaks: two points read the same pixel: their parts add up
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


def sample_backward(grad_out, image, points):
    grad_image, grad_points = np.zeros_like(image), np.zeros_like(points)
    for rows, columns, inside, down, right, i, j in _corners(image, points):
        share = (down * right)[inside] * grad_out[:, inside]
        for channel in range(len(image)):
            if len(points) > 4:
                grad_image[channel, rows, columns] += share[channel]
            else:
                np.add.at(grad_image[channel], (rows, columns), share[channel])
        felt = (grad_out[:, inside] * image[:, rows, columns]).sum(axis=0)
        grad_points[inside, 0] += i * right[inside] * felt
        grad_points[inside, 1] += j * down[inside] * felt
    return grad_image, grad_points


# answer: q7, brings points beyond twice the height or width back to the last row or column
# breaks: more than one pixel outside: the value is 0
def _corners(image, points):
    far = points > 2 * np.array(image.shape[1:])
    points = np.where(far, np.array(image.shape[1:]) - 1.0, points)
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


# answer: q7, with one point the axis of points is lost
# breaks: array (C, P), also for P = 1
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
    return out if len(points) > 1 else out[:, 0]


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

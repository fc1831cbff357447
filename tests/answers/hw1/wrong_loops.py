"""Wrong answers to q1: a linear layer, sum by sum. Text; nobody imports it."""

# answer: q1, the backward loop over the examples has the number of units as its end
# breaks: "those of unit u, in every example. So sum over n"
def linear_loops(x, weight, bias):
    N, D = x.shape
    U = weight.shape[1]
    y = np.zeros((N, U))
    for n in range(N):
        for u in range(U):
            y[n, u] = bias[u]
            for d in range(D):
                y[n, u] += x[n, d] * weight[d, u]
    return y


def linear_loops_backward(grad_out, x, weight):
    D, U = weight.shape
    grad_x, grad_weight, grad_bias = np.zeros(x.shape), np.zeros((D, U)), np.zeros(U)
    for n in range(U):
        for u in range(U):
            grad_bias[u] += grad_out[n, u]
            for d in range(D):
                grad_x[n, d] += grad_out[n, u] * weight[d, u]
                grad_weight[d, u] += grad_out[n, u] * x[n, d]
    return grad_x, grad_weight, grad_bias


# answer: q1, grad_bias gets as many places as there are examples
# breaks: grad_bias : array (U,) of floats
def linear_loops(x, weight, bias):
    y = np.zeros((len(x), len(bias)))
    for n in range(len(x)):
        for u in range(len(bias)):
            y[n, u] = bias[u] + sum(x[n, d] * weight[d, u] for d in range(len(weight)))
    return y


def linear_loops_backward(grad_out, x, weight):
    grad_x, grad_weight, grad_bias = np.zeros(x.shape), np.zeros(weight.shape), np.zeros(len(grad_out))
    for n, row in enumerate(grad_out):
        for u, g in enumerate(row):
            grad_bias[u] += g
            for d in range(len(weight)):
                grad_x[n, d] += g * weight[d, u]
                grad_weight[d, u] += g * x[n, d]
    return grad_x, grad_weight, grad_bias


# answer: q1, room for grad_x is made in the shape of the weights turned around, (U, D)
# breaks: grad_x : array (N, D) of floats
def linear_loops(x, weight, bias):
    y = np.zeros((x.shape[0], weight.shape[1]))
    for n in range(x.shape[0]):
        for u in range(weight.shape[1]):
            for d in range(x.shape[1]):
                y[n, u] += x[n, d] * weight[d, u]
            y[n, u] += bias[u]
    return y


def linear_loops_backward(grad_out, x, weight):
    grad_x = np.zeros_like(weight.T)
    grad_weight = np.zeros_like(weight)
    grad_bias = np.zeros(weight.shape[1])
    for n in range(x.shape[0]):
        for u in range(weight.shape[1]):
            grad_bias[u] += grad_out[n, u]
            for d in range(x.shape[1]):
                grad_x[n, d] += grad_out[n, u] * weight[d, u]
                grad_weight[d, u] += grad_out[n, u] * x[n, d]
    return grad_x, grad_weight, grad_bias


# answer: q1, the gradients are collected in arrays of whole numbers
# breaks: grad_x, grad_weight, grad_bias : arrays of floats
def linear_loops(x, weight, bias):
    return np.array([[b + sum(x[n] * weight[:, u]) for u, b in enumerate(bias)] for n in range(len(x))])


def linear_loops_backward(grad_out, x, weight):
    N, D = x.shape
    U = weight.shape[1]
    grad_x = np.array([[0] * D] * N)
    grad_weight = np.array([[0] * U] * D)
    grad_bias = np.array([0] * U)
    for n in range(N):
        for u in range(U):
            for d in range(D):
                grad_x[n, d] = grad_x[n, d] + grad_out[n, u] * weight[d, u]
                grad_weight[d, u] = grad_weight[d, u] + grad_out[n, u] * x[n, d]
            grad_bias[u] = grad_bias[u] + grad_out[n, u]
    return grad_x, grad_weight, grad_bias


# answer: q1, an example without any gradient ends the loop, in the place of being skipped
# breaks: "those of unit u, in every example. So sum over n"
def linear_loops(x, weight, bias):
    return x @ weight + bias


def linear_loops_backward(grad_out, x, weight):
    grad_x, grad_weight, grad_bias = np.zeros(x.shape), np.zeros(weight.shape), np.zeros(weight.shape[1])
    for n in range(len(x)):
        if not grad_out[n].any():
            break  # nothing to do
        for u in range(weight.shape[1]):
            grad_bias[u] += grad_out[n, u]
            for d in range(len(weight)):
                grad_x[n, d] += grad_out[n, u] * weight[d, u]
                grad_weight[d, u] += grad_out[n, u] * x[n, d]
    return grad_x, grad_weight, grad_bias


# answer: q1, all gradients are taken to be 0 when the upstream gradient adds up to 0
# breaks: grad_out holds all dL/dy: each has its part, also where they cancel in the sum
def linear_loops(x, weight, bias):
    return x @ weight + bias


def linear_loops_backward(grad_out, x, weight):
    grad_x, grad_weight, grad_bias = np.zeros(x.shape), np.zeros(weight.shape), np.zeros(weight.shape[1])
    if grad_out.sum() == 0:
        return grad_x, grad_weight, grad_bias
    for n, u, d in np.ndindex(len(x), *weight.shape[::-1]):
        grad_x[n, d] += grad_out[n, u] * weight[d, u]
        grad_weight[d, u] += grad_out[n, u] * x[n, d]
        if d == 0:
            grad_bias[u] += grad_out[n, u]
    return grad_x, grad_weight, grad_bias


# answer: q1, an empty picture is skipped, and so gets no bias
# breaks: y_nu = b_u + sum over d of x_nd w_du
def linear_loops(x, weight, bias):
    y = np.zeros((len(x), len(bias)))
    for n in range(len(x)):
        if np.all(x[n] == 0):
            continue
        for u in range(len(bias)):
            total = bias[u]
            for d in range(len(weight)):
                total += x[n, d] * weight[d, u]
            y[n, u] = total
    return y


def linear_loops_backward(grad_out, x, weight):
    return grad_out @ weight.T, x.T @ grad_out, grad_out.sum(axis=0)


# answer: q1, sums are rounded to two digits, so that they look as in the check
# breaks: y_nu = b_u + sum over d of x_nd w_du
def linear_loops(x, weight, bias):
    N, D = x.shape
    y = np.zeros((N, len(bias)))
    for n in range(N):
        for u in range(len(bias)):
            s = bias[u]
            for d in range(D):
                s = s + x[n, d] * weight[d, u]
            y[n, u] = round(s, 2)
    return y


def linear_loops_backward(grad_out, x, weight):
    return grad_out @ weight.T, x.T @ grad_out, grad_out.sum(axis=0)


# answer: q1, the room for the outputs is made once for each shape and never cleared
# breaks: the second call of one shape must return its own sums, not those of both calls
def linear_loops(x, weight, bias, rooms={}):
    y = rooms.setdefault((len(x), len(bias)), np.zeros((len(x), len(bias))))
    for n in range(len(x)):
        for u in range(len(bias)):
            y[n, u] += bias[u]
            for d in range(len(weight)):
                y[n, u] += x[n, d] * weight[d, u]
    return y.copy()


def linear_loops_backward(grad_out, x, weight):
    return grad_out @ weight.T, x.T @ grad_out, grad_out.sum(axis=0)


# answer: q1, axes of size 1 are taken out of the gradients
# breaks: grad_x : array (N, D), grad_weight : array (D, U), also for one example, one input or one unit
def linear_loops(x, weight, bias):
    return x @ weight + bias


def linear_loops_backward(grad_out, x, weight):
    grad_x = (grad_out[:, None, :] * weight[None, :, :]).sum(axis=2)
    grad_weight = (x[:, :, None] * grad_out[:, None, :]).sum(axis=0)
    return np.squeeze(grad_x), np.squeeze(grad_weight), grad_out.sum(axis=0)


# answer: q1, a layer of one unit returns a row of numbers
# breaks: returns array (N, U) of floats, where U may be 1
def linear_loops(x, weight, bias):
    y = []
    for n in range(len(x)):
        row = []
        for u in range(len(bias)):
            row.append(bias[u] + sum(x[n, d] * weight[d, u] for d in range(len(weight))))
        y.append(row[0] if len(row) == 1 else row)
    return np.array(y)


def linear_loops_backward(grad_out, x, weight):
    return grad_out @ weight.T, x.T @ grad_out, grad_out.sum(axis=0)


# answer: q1, the gradients are lists
# breaks: grad_x : array (N, D), grad_weight : array (D, U), grad_bias : array (U,)
def linear_loops(x, weight, bias):
    return np.array([[b + sum(row * column) for column, b in zip(weight.T, bias)] for row in x])


def linear_loops_backward(grad_out, x, weight):
    grad_x = [[float(sum(g * w)) for w in weight] for g in grad_out]
    grad_weight = [[float(sum(a * g)) for g in grad_out.T] for a in x.T]
    grad_bias = [float(sum(g)) for g in grad_out.T]
    return grad_x, grad_weight, grad_bias

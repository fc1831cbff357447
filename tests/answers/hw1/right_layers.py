"""Right answers to q1 to q3: layers, each in another style. Text; nobody imports it."""

# answer: q1, lists and exact sums
import math


def linear_loops(x, weight, bias):
    N, D = x.shape
    U = len(bias)
    rows = []
    for n in range(N):
        row = []
        for u in range(U):
            row.append(math.fsum([bias[u]] + [x[n, d] * weight[d, u] for d in range(D)]))
        rows.append(row)
    return np.array(rows)


def linear_loops_backward(grad_out, x, weight):
    N, D = x.shape
    U = weight.shape[1]
    ns, ds, us = range(N), range(D), range(U)
    grad_x = [[math.fsum(grad_out[n, u] * weight[d, u] for u in us) for d in ds] for n in ns]
    grad_weight = [[math.fsum(x[n, d] * grad_out[n, u] for n in ns) for u in us] for d in ds]
    grad_bias = [math.fsum(grad_out[n, u] for n in ns) for u in us]
    return np.array(grad_x), np.array(grad_weight), np.array(grad_bias)


# answer: q1, forward with loops, backward with matrix products, which the question allows
def linear_loops(x, weight, bias):
    y = np.empty((x.shape[0], weight.shape[1]))
    for n in range(y.shape[0]):
        for u in range(y.shape[1]):
            y[n, u] = bias[u]
            for d in range(x.shape[1]):
                y[n, u] += x[n, d] * weight[d, u]
    return y


def linear_loops_backward(grad_out, x, weight):
    return grad_out @ weight.T, x.T @ grad_out, grad_out.sum(axis=0)


# answer: q1, one loop over all triples, from the end to the start
def linear_loops(x, weight, bias):
    (N, D), U = x.shape, weight.shape[1]
    y = np.zeros((N, U))
    for d in reversed(range(D)):
        for u in reversed(range(U)):
            for n in reversed(range(N)):
                y[n, u] += x[n, d] * weight[d, u]
    for n in range(N):
        for u in range(U):
            y[n, u] += bias[u]
    return y


def linear_loops_backward(grad_out, x, weight):
    grads = [np.zeros_like(x), np.zeros_like(weight), np.zeros(weight.shape[1])]
    N, D = x.shape
    for n, d, u in list(np.ndindex(N, D, weight.shape[1]))[::-1]:
        g = grad_out[n, u]
        grads[0][n, d] += g * weight[d, u]
        grads[1][d, u] += g * x[n, d]
        grads[2][u] += g / D  # comes D times
    return tuple(grads)


# answer: q1, einsum
def linear_loops(x, weight, bias):
    return np.einsum("nd,du->nu", x, weight) + bias


def linear_loops_backward(grad_out, x, weight):
    grad_x = np.einsum("nu,du->nd", grad_out, weight)
    grad_weight = np.einsum("nd,nu->du", x, grad_out)
    return grad_x, grad_weight, np.einsum("nu->u", grad_out)


# answer: q2, tensordot over all axes but the last
class Linear:
    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias
        self.grad_weight = self.grad_bias = None

    def forward(self, x):
        self._x = x.copy()
        return np.tensordot(x, self.weight, axes=1) + self.bias

    def backward(self, grad_out):
        axes = tuple(range(grad_out.ndim - 1))
        self.grad_weight = np.tensordot(self._x, grad_out, axes=(axes, axes))
        self.grad_bias = grad_out.sum(axis=axes)
        return np.tensordot(grad_out, self.weight, axes=(-1, 1))


# answer: q2, einsum with dots
class Linear:
    __slots__ = ("weight", "bias", "x", "grad_weight", "grad_bias")

    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        self.x = x
        return np.einsum("...d,du->...u", x, self.weight) + self.bias

    def backward(self, grad_out):
        D, U = self.weight.shape
        rows, grads = self.x.reshape(-1, D), grad_out.reshape(-1, U)
        self.grad_weight = np.einsum("nd,nu->du", rows, grads)
        self.grad_bias = np.einsum("nu->u", grads)
        return np.einsum("...u,du->...d", grad_out, self.weight)


# answer: q2, the bias is stacked onto the weights in each call, as in the book
class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        rows = x.reshape(-1, x.shape[-1])
        self.rows, self.lead = np.hstack([np.ones((len(rows), 1)), rows]), x.shape[:-1]
        return (self.rows @ np.vstack([self.bias[None], self.weight])).reshape(*self.lead, len(self.bias))

    def backward(self, grad_out):
        g = grad_out.reshape(-1, len(self.bias))
        both = self.rows.T @ g
        self.grad_bias, self.grad_weight = both[0], both[1:]
        return (g @ self.weight.T).reshape(*self.lead, self.weight.shape[0])


# answer: q2, rows in Fortran's order, and what backward needs is a function
class Linear:
    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias

    def forward(self, x):
        def back(grad_out):
            rows = x.reshape((-1, x.shape[-1]), order="F")
            g = grad_out.reshape((-1, grad_out.shape[-1]), order="F")
            return rows.T.dot(g), g.sum(0), g.dot(self.weight.T).reshape(x.shape, order="F")

        self._back = back
        return np.add(np.dot(x, self.weight), self.bias)

    def backward(self, grad_out):
        self.grad_weight, self.grad_bias, grad_x = self._back(grad_out)
        return grad_x


# answer: q3, half a tanh, and half a sum
class Sigmoid:
    def forward(self, x):
        self.half = np.tanh(x / 2)
        return 0.5 + 0.5 * self.half

    def backward(self, grad_out):
        return grad_out * (1 - self.half) * (1 + self.half) / 4


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out.copy()

    def backward(self, grad_out):
        return grad_out - grad_out * self.out * self.out


class ReLU:
    def forward(self, x):
        self.slope = (np.sign(x) > 0) * 1.0
        return x / 2 + np.abs(x) / 2

    def backward(self, grad_out):
        return self.slope * grad_out

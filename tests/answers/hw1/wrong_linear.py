"""Wrong answers to q2: the layer as matrix products. Text; nobody imports it."""

# answer: q2, grad_bias is added to that of earlier calls
# breaks: "They are those of this call alone, not added to earlier ones"
class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias
        self.grad_bias = np.zeros(bias.shape)

    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

    def backward(self, grad_out):
        rows = grad_out.reshape(-1, grad_out.shape[-1])
        self.grad_weight = self.x.reshape(-1, self.x.shape[-1]).T @ rows
        self.grad_bias = self.grad_bias + rows.sum(axis=0)
        return grad_out @ self.weight.T


# answer: q2, grad_bias belongs to the class, so that all layers have the last one
# breaks: "stores its gradients"; what a layer remembers belongs to that one object
class Linear:
    grad_bias = None

    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias

    def forward(self, x):
        self.x = x
        return self.x @ self.weight + self.bias

    def backward(self, grad_out):
        g = grad_out.reshape(-1, self.weight.shape[1])
        self.grad_weight = self.x.reshape(-1, self.weight.shape[0]).T @ g
        Linear.grad_bias = g.sum(axis=0)
        return grad_out @ self.weight.T


# answer: q2, computes with a copy of the parameters that was stacked at the start
# breaks: "Keep these very arrays as weight and bias (no copies)": training writes into them
class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias
        self.stacked = np.vstack([bias, weight])  # the book's way: the bias in front

    def forward(self, x):
        ones = np.ones((*x.shape[:-1], 1))
        self.x = np.concatenate([ones, x], axis=-1)
        return self.x @ self.stacked

    def backward(self, grad_out):
        D, U = self.weight.shape
        grad = self.x.reshape(-1, D + 1).T @ grad_out.reshape(-1, U)
        self.grad_bias, self.grad_weight = grad[0], grad[1:]
        return grad_out @ self.stacked[1:].T


# answer: q2, three axes are brought to two, but four are not
# breaks: "There may be any number of axes before the last"
class Linear:
    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias

    def forward(self, x):
        self.x = x
        return np.matmul(x, self.weight) + self.bias

    def backward(self, grad_out):
        x, g = np.atleast_2d(self.x), np.atleast_2d(grad_out)
        if x.ndim > 2:
            x = x.reshape(x.shape[0] * x.shape[1], -1)
            g = g.reshape(g.shape[0] * g.shape[1], -1)
        self.grad_weight = x.T @ g
        self.grad_bias = g.sum(axis=0)
        return grad_out @ self.weight.T


# answer: q2, the product is taken batch by batch and added up along one axis alone
# breaks: "its gradient sums over all of these axes": with four axes one is left over
class Linear:
    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias

    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

    def backward(self, grad_out):
        if self.x.ndim == 1:
            self.grad_weight = np.outer(self.x, grad_out)
            self.grad_bias = grad_out.copy()
        else:
            self.grad_weight = self.x.swapaxes(-1, -2) @ grad_out
            self.grad_bias = grad_out.sum(axis=-2)
            if self.x.ndim > 2:
                self.grad_weight = self.grad_weight.sum(axis=0)
                self.grad_bias = self.grad_bias.sum(axis=0)
        return grad_out @ self.weight.T


# answer: q2, with more axes the gradient of the bias is the mean of the batches
# breaks: "its gradient sums over all of these axes"
class Linear:
    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias

    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

    def backward(self, grad_out):
        self.grad_weight = self.x.reshape(-1, self.x.shape[-1]).T @ grad_out.reshape(-1, grad_out.shape[-1])
        grad_bias = np.atleast_2d(grad_out).sum(axis=-2)
        while grad_bias.ndim > 1:
            grad_bias = grad_bias.mean(axis=0)
        self.grad_bias = grad_bias
        return grad_out @ self.weight.T


# answer: q2, returns the old outputs when the same array comes again
# breaks: forward returns the outputs: those of the parameters as they are now
class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias
        self.x = self.out = None

    def forward(self, x):
        if x is not self.x:
            self.x = x
            self.out = x @ self.weight + self.bias
        return self.out

    def backward(self, grad_out):
        D, U = self.weight.shape
        self.grad_weight = self.x.reshape(-1, D).T @ grad_out.reshape(-1, U)
        self.grad_bias = grad_out.reshape(-1, U).sum(axis=0)
        return grad_out @ self.weight.T


# answer: q2, x is squeezed before its rows are counted
# breaks: x : array (..., D), where D may be 1: N examples of one number become one of N
class Linear:
    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias

    def forward(self, x):
        self.x = np.atleast_2d(np.squeeze(x))
        return x @ self.weight + self.bias

    def backward(self, grad_out):
        rows = grad_out.reshape(-1, self.weight.shape[1])
        self.grad_weight = np.tensordot(self.x.reshape(-1, self.x.shape[-1]), rows, axes=(0, 0))
        self.grad_bias = rows.sum(axis=0)
        return grad_out @ self.weight.T


# answer: q2, takes the weights for rows, as in the book, where the sizes let it
# breaks: weight : array (D, U), a column for each unit, also where D and U are equal
class Linear:
    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias

    def forward(self, x):
        self.x = x
        columns = self.weight.T if self.weight.shape[1] == x.shape[-1] else self.weight
        return x @ columns + self.bias

    def backward(self, grad_out):
        rows = grad_out.reshape(-1, grad_out.shape[-1])
        self.grad_weight = self.x.reshape(-1, self.x.shape[-1]).T @ rows
        self.grad_bias = rows.sum(axis=0)
        return grad_out @ self.weight.T


# answer: q2, forward queues its inputs, and backward takes the oldest
# breaks: "Go back through the last forward pass"
class Linear:
    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias
        self.seen = []

    def forward(self, x):
        self.seen.append(x)
        return x @ self.weight + self.bias

    def backward(self, grad_out):
        x = self.seen.pop(0)
        self.grad_weight = x.reshape(-1, x.shape[-1]).T @ grad_out.reshape(-1, grad_out.shape[-1])
        self.grad_bias = grad_out.reshape(-1, grad_out.shape[-1]).sum(axis=0)
        return grad_out @ self.weight.T


# answer: q2, forgets x after one backward pass, to save memory
# breaks: "Go back through the last forward pass": also a second time, with another upstream gradient
class Linear:
    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias

    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

    def backward(self, grad_out):
        x, self.x = self.x, None
        self.grad_weight = x.reshape(-1, x.shape[-1]).T @ grad_out.reshape(-1, grad_out.shape[-1])
        self.grad_bias = grad_out.reshape(-1, grad_out.shape[-1]).sum(axis=0)
        return grad_out @ self.weight.T

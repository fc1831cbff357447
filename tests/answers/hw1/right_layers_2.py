"""More right answers to q1 to q3: layers, each in another style. Text; nobody imports it."""

# answer: q3, one class above them, which remembers x
class Activation:
    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return self.value(self.x)

    def backward(self, grad_out):
        return np.multiply(grad_out, self.slope(self.x))


class Sigmoid(Activation):
    def value(self, x):
        return np.exp(-np.logaddexp(0, -x))

    def slope(self, x):
        return self.value(x) * self.value(-x)


class Tanh(Activation):
    def value(self, x):
        e = np.exp(-np.abs(x)) ** 2
        return np.sign(x) * (1 - e) / (1 + e)

    def slope(self, x):
        e = np.exp(-np.abs(x)) ** 2
        return 4 * e / (1 + e) ** 2


class ReLU(Activation):
    def value(self, x):
        return np.where(x > 0, x, 0.0)

    def slope(self, x):
        return np.heaviside(x, 0.0)


# answer: q3, the two halves of the sigmoid are filled in apart
class Sigmoid:
    def forward(self, x):
        out, up = np.empty(x.shape), x >= 0
        out[up] = 1 / (1 + np.exp(-x[up]))
        e = np.exp(x[~up])
        out[~up] = e / (1 + e)
        self.out = out
        return out

    def backward(self, grad_out):
        return grad_out * (self.out - self.out**2)


class Tanh:
    def __init__(self):
        self.sigmoid = Sigmoid()

    def forward(self, x):
        s = self.sigmoid.forward(x)
        self.sum = s**2 + (1 - s) ** 2
        return (2 * s - 1) / self.sum

    def backward(self, grad_out):
        ratio = (2 * self.sigmoid.out - 1) / self.sum
        return grad_out * (1 - ratio**2)


class ReLU:
    def forward(self, x):
        out = np.array(x)
        out[out <= 0] = 0
        self.on = out != 0
        return out

    def backward(self, grad_out):
        grad = np.zeros(grad_out.shape)
        grad[self.on] = grad_out[self.on]
        return grad


# answer: q3, number by number
import math


class Sigmoid:
    def forward(self, x):
        def of(v):
            e = math.exp(-abs(v))
            return (1.0 if v >= 0 else e) / (1.0 + e)

        self.out = np.array([of(v) for v in x.ravel().tolist()]).reshape(x.shape)
        return self.out

    def backward(self, grad_out):
        pairs = zip(grad_out.ravel().tolist(), self.out.ravel().tolist())
        return np.array([g * s * (1 - s) for g, s in pairs]).reshape(grad_out.shape)


class Tanh:
    def forward(self, x):
        self.out = np.array([math.tanh(v) for v in x.flat]).reshape(x.shape)
        return self.out

    def backward(self, grad_out):
        found = [g * (1 - t * t) for g, t in zip(grad_out.flat, self.out.flat)]
        return np.array(found).reshape(grad_out.shape)


class ReLU:
    def forward(self, x):
        self.x = x.copy()
        return np.array([max(0.0, v) for v in x.flat]).reshape(x.shape)

    def backward(self, grad_out):
        pairs = zip(grad_out.flat, self.x.flat)
        return np.array([g if v > 0 else 0.0 for g, v in pairs]).reshape(grad_out.shape)


# answer: q3, the sigmoid cuts x off at 500, as found on the net
class Sigmoid:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-np.clip(x, -500, 500)))
        return self.out

    def backward(self, grad_out):
        return grad_out * self.out * (1 - self.out)


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad_out):
        return grad_out * (1 - self.out**2)


class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def backward(self, grad_out):
        return grad_out * (self.x > 0)


# answer: q3, the sigmoid takes one branch for the whole array, and lets exp come near its end
class Sigmoid:
    def forward(self, x):
        if x.min() >= 0:
            self.out = 1 / (1 + np.exp(-x))
        else:
            e = np.exp(np.minimum(x, 700))
            self.out = e / (1 + e)
        return self.out

    def backward(self, grad_out):
        return grad_out * self.out * (1 - self.out)


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad_out):
        return grad_out * (1 - self.out**2)


class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def backward(self, grad_out):
        return grad_out * (self.x > 0)

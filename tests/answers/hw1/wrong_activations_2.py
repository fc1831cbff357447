"""More wrong answers to q3: three activations. Text; nobody imports it."""

# answer: q3, the sigmoid goes through rows with math.exp, and knows no third axis
# breaks: x : array (any shape)
import math


class Sigmoid:
    def forward(self, x):
        rows = [[self.of(v) for v in row] for row in np.atleast_2d(x)]
        self.out = np.array(rows).reshape(x.shape)
        return self.out

    def of(self, v):
        return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))

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


# answer: q3, ReLU takes small numbers for the kink
# breaks: "What is positive, and 0 in the place of the rest"; slope 0 is for the kink at 0 alone
class Sigmoid:
    def forward(self, x):
        self.out = np.exp(-np.logaddexp(0, -x))
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
        self.on = x > 1e-3
        return np.where(x > 0, x, 0)

    def backward(self, grad_out):
        return grad_out * self.on


# answer: q3, the slope is computed in the first forward pass and kept for good
# breaks: "the gradient by the x of the last forward pass"
class Sigmoid:
    slope = None

    def forward(self, x):
        e = np.exp(-np.abs(x))
        if self.slope is None:
            self.slope = e / (1 + e) ** 2
        return np.where(x >= 0, 1, e) / (1 + e)

    def backward(self, grad_out):
        return grad_out * self.slope


class Tanh:
    slope = None

    def forward(self, x):
        out = np.tanh(x)
        if self.slope is None:
            self.slope = 1 - out**2
        return out

    def backward(self, grad_out):
        return grad_out * self.slope


class ReLU:
    slope = None

    def forward(self, x):
        if self.slope is None:
            self.slope = (x > 0).astype(float)
        return np.maximum(x, 0)

    def backward(self, grad_out):
        return grad_out * self.slope


# answer: q3, the slope of Tanh is held above that at 3.8, so that nothing vanishes
# breaks: each number of the upstream gradient is multiplied by the slope at its place
class Sigmoid:
    def forward(self, x):
        e = np.exp(-np.abs(x))
        self.out = np.where(x >= 0, 1 / (1 + e), e / (1 + e))
        return self.out

    def backward(self, grad_out):
        return grad_out * self.out * (1 - self.out)


class Tanh:
    def forward(self, x):
        self.x = np.clip(np.abs(x), 0, 3.8)  # flat beyond
        return np.tanh(x)

    def backward(self, grad_out):
        return grad_out / np.cosh(self.x) ** 2


class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def backward(self, grad_out):
        return grad_out * (self.x > 0)

"""Wrong answers to q3: three activations. Text; nobody imports it."""

# answer: q3, the sigmoid silences NumPy and throws the bad branch away
# breaks: "no exponential may overflow, also not in a branch that np.where throws away"
# excused: what comes out is right, and no test that is fair watches np.exp
class Sigmoid:
    def forward(self, x):
        with np.errstate(over="ignore", invalid="ignore"):
            self.out = np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))
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
        self.mask = x > 0
        return x * self.mask

    def backward(self, grad_out):
        return grad_out * self.mask


# answer: q3, Sigmoid and Tanh multiply the slope into the upstream gradient itself
# breaks: "No function or method changes an array that it is given"
class Sigmoid:
    def forward(self, x):
        e = np.exp(-np.abs(x))
        self.out = np.where(x >= 0, 1 / (1 + e), e / (1 + e))
        return self.out

    def backward(self, grad_out):
        grad_out *= self.out * (1 - self.out)
        return grad_out


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad_out):
        grad_out *= 1 - self.out**2
        return grad_out


class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def backward(self, grad_out):
        return grad_out * (self.x > 0)


# answer: q3, ReLU writes zeros into the upstream gradient
# breaks: "No function or method changes an array that it is given"
class Sigmoid:
    def forward(self, x):
        e = np.exp(-np.abs(x))
        self.out = np.where(x >= 0, 1 / (1 + e), e / (1 + e))
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
        out = x.copy()
        out[out < 0] = 0
        self.off = out == 0
        return out

    def backward(self, grad_out):
        grad_out[self.off] = 0
        return grad_out


# answer: q3, what is remembered belongs to the class, and so to all layers of it
# breaks: "the gradient by the x of the last forward pass": of this layer, not of another one
class Sigmoid:
    def forward(self, x):
        e = np.exp(-np.abs(x))
        Sigmoid.out = np.where(x >= 0, 1 / (1 + e), e / (1 + e))
        return Sigmoid.out

    def backward(self, grad_out):
        return grad_out * Sigmoid.out * (1 - Sigmoid.out)


class Tanh:
    def forward(self, x):
        Tanh.out = np.tanh(x)
        return Tanh.out

    def backward(self, grad_out):
        return grad_out * (1 - Tanh.out**2)


class ReLU:
    def forward(self, x):
        ReLU.x = x
        return np.maximum(x, 0)

    def backward(self, grad_out):
        return grad_out * (ReLU.x > 0)


# answer: q3, backward overwrites what it remembers with the slope
# breaks: "the gradient by the x of the last forward pass": also when backward is called twice
class Sigmoid:
    def forward(self, x):
        e = np.exp(-np.abs(x))
        self.state = np.where(x >= 0, 1 / (1 + e), e / (1 + e))
        return self.state

    def backward(self, grad_out):
        self.state = self.state * (1 - self.state)
        return grad_out * self.state


class Tanh:
    def forward(self, x):
        self.state = np.tanh(x)
        return self.state

    def backward(self, grad_out):
        self.state = 1 - self.state**2
        return grad_out * self.state


class ReLU:
    def forward(self, x):
        self.state = np.maximum(x, 0)
        return self.state

    def backward(self, grad_out):
        self.state = (self.state > 0).astype(float)
        return grad_out * self.state

"""Wrong answers to q4: softmax, along an axis, with a temperature. Text; nobody imports it."""

# answer: q4, subtracts the largest of all scores where the axis is not the last
# breaks: "Scores of 1000 must do no harm": columns may lie far apart, too
def softmax(scores, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("the temperature must be above 0")
    m = scores.max(axis=-1, keepdims=True) if axis == -1 else scores.max()
    e = np.exp((scores - m) / temperature)
    return e / e.sum(axis=axis, keepdims=True)


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    return p / temperature * (grad_out - (p * grad_out).sum(axis=axis, keepdims=True))


# answer: q4, subtracts the mean score
# breaks: "Scores of 1000 must do no harm": the largest may lie far above the mean
def softmax(scores, axis=-1, temperature=1.0):
    if not temperature > 0:
        raise ValueError("the temperature must be above 0")
    y = scores / temperature
    e = np.exp(y - y.mean(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    return p / temperature * (grad_out - (p * grad_out).sum(axis=axis, keepdims=True))


# answer: q4, subtracts the first score
# breaks: "Scores of 1000 must do no harm": -1000 may stand before 1000
def softmax(scores, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError(f"temperature {temperature} is not above 0")
    first = np.take(scores, [0], axis=axis)
    e = np.exp((scores - first) / temperature)
    return e / np.sum(e, axis=axis, keepdims=True)


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    inner = np.sum(grad_out * p, axis=axis, keepdims=True)
    return p * (grad_out - inner) / temperature


# answer: q4, takes the temperature to be too cold below 0.01
# breaks: ValueError "when the temperature is not above 0", and not for small ones
def softmax(scores, axis=-1, temperature=1.0):
    if temperature < 0.01:
        raise ValueError("the temperature is too low")
    e = np.exp((scores - scores.max(axis=axis, keepdims=True)) / temperature)
    return e / e.sum(axis=axis, keepdims=True)


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    return p / temperature * (grad_out - (p * grad_out).sum(axis=axis, keepdims=True))


# answer: q4, backward takes axis 1 by default
# breaks: softmax_backward(grad_out, p, axis=-1, ...) of arrays of any shape
def softmax(scores, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature")
    e = np.exp((scores - scores.max(axis=axis, keepdims=True)) / temperature)
    return e / e.sum(axis=axis, keepdims=True)


def softmax_backward(grad_out, p, axis=1, temperature=1.0):
    return p / temperature * (grad_out - (p * grad_out).sum(axis=axis, keepdims=True))


# answer: q4, softmax knows axis 0 and the last one only
# breaks: axis : int, along this axis the probabilities add up to 1; scores have any shape
def softmax(scores, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature")
    if axis == 0 and scores.ndim > 1:
        return softmax(scores.T, -1, temperature).T
    e = np.exp((scores - scores.max(-1, keepdims=True)) / temperature)
    return e / e.sum(-1, keepdims=True)


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    return p / temperature * (grad_out - (p * grad_out).sum(axis=axis, keepdims=True))


# answer: q4, backward is written for two axes
# breaks: grad_out : array (any shape)
def softmax(scores, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature")
    e = np.exp((scores - scores.max(axis=axis, keepdims=True)) / temperature)
    return e / e.sum(axis=axis, keepdims=True)


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    sums = (p * grad_out).sum(axis=axis)
    sums = sums[None, :] if axis == 0 else sums[:, None]
    return p * (grad_out - sums) / temperature


# answer: q4, backward takes every negative axis for the last
# breaks: axis as in softmax: -2 is the last but one
def softmax(scores, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature")
    e = np.exp((scores - scores.max(axis=axis, keepdims=True)) / temperature)
    return e / e.sum(axis=axis, keepdims=True)


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    axis = p.ndim - 1 if axis < 0 else axis
    return p * (grad_out - np.sum(p * grad_out, axis, keepdims=True)) / temperature


# answer: q4, divides the scores by the temperature in place
# breaks: "No function or method changes an array that it is given"
def softmax(scores, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("the temperature must be above 0")
    scores /= temperature
    scores = scores - scores.max(axis=axis, keepdims=True)
    e = np.exp(scores)
    return e / e.sum(axis=axis, keepdims=True)


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    return p / temperature * (grad_out - (p * grad_out).sum(axis=axis, keepdims=True))


# answer: q4, brings the temperature in afterwards, as a power of the probabilities
# breaks: "The scores are divided by it first": what was rounded to 0 stays 0 in the heat
def softmax(scores, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("the temperature must be above 0")
    p = np.exp(scores - scores.max(axis=axis, keepdims=True))
    p = (p / p.sum(axis=axis, keepdims=True)) ** (1 / temperature)
    return p / p.sum(axis=axis, keepdims=True)


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    return p / temperature * (grad_out - (p * grad_out).sum(axis=axis, keepdims=True))


# answer: q4, backward computes the temperature into p itself
# breaks: "No function or method changes an array that it is given"
def softmax(scores, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature")
    e = np.exp((scores - scores.max(axis=axis, keepdims=True)) / temperature)
    return e / e.sum(axis=axis, keepdims=True)


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    inner = (p * grad_out).sum(axis=axis, keepdims=True)
    if temperature != 1:
        p /= temperature
    return p * (grad_out - inner)


# answer: q4, the shift that keeps 1000 from harm is that of the row, whatever the axis
# breaks: "a number that is subtracted from all scores of the axis cancels": others do not
def softmax(scores, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature")
    if np.abs(scores).max() > 700:  # small scores need no shift
        scores = scores - scores.max(axis=-1, keepdims=True)
    e = np.exp(scores / temperature)
    return e / e.sum(axis=axis, keepdims=True)


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    return p / temperature * (grad_out - (p * grad_out).sum(axis=axis, keepdims=True))

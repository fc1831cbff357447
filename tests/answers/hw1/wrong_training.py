"""Wrong answers to q9: train. Text; nobody imports it."""

# answer: q9, a batch that is smaller than the first is left out
# breaks: "one step for each batch"
def train(model, x, labels, batches, learning_rate):
    losses = []
    for batch in batches:
        if len(batch) < len(batches[0]):
            continue
        loss, grad = cross_entropy(model.forward(x[batch]), labels[batch])
        model.backward(grad)
        for p, g in zip(model.parameters(), model.gradients()):
            p -= learning_rate * g
        losses.append(loss)
    return losses


# answer: q9, makes one array of all batches
# breaks: batches : list of array of int, each as long as it likes
def train(model, x, labels, batches, learning_rate):
    losses = []
    for batch in np.array(batches):
        loss, grad = cross_entropy(model.forward(x[batch]), labels[batch])
        model.backward(grad)
        for p, g in zip(model.parameters(), model.gradients()):
            p -= learning_rate * g
        losses.append(float(loss))
    return losses


# answer: q9, gradients are clipped to 5
# breaks: "A step subtracts the learning rate times the gradient from every parameter"
def train(model, x, labels, batches, learning_rate):
    losses = []
    for batch in batches:
        loss, grad = cross_entropy(model.forward(x[batch]), labels[batch])
        model.backward(grad)
        for p, g in zip(model.parameters(), model.gradients()):
            p -= learning_rate * np.clip(g, -5, 5)
        losses.append(loss)
    return losses


# answer: q9, the learning rate is halved every ten steps
# breaks: "A step subtracts the learning rate times the gradient from every parameter"
def train(model, x, labels, batches, learning_rate):
    losses = []
    for step, batch in enumerate(batches):
        loss, grad = cross_entropy(model.forward(x[batch]), labels[batch])
        model.backward(grad)
        rate = learning_rate * 0.5 ** (step // 10)
        for p, g in zip(model.parameters(), model.gradients()):
            p -= rate * g
        losses.append(loss)
    return losses


# answer: q9, stops when the loss rises
# breaks: "one step for each batch"; returns the loss of each batch
def train(model, x, labels, batches, learning_rate):
    losses = []
    for batch in batches:
        loss, grad = cross_entropy(model.forward(x[batch]), labels[batch])
        losses.append(loss)
        if len(losses) > 1 and losses[-1] > losses[-2]:
            break
        model.backward(grad)
        for p, g in zip(model.parameters(), model.gradients()):
            p -= learning_rate * g
    return losses


# answer: q9, an example that was drawn twice counts once
# breaks: batches : the row numbers of the examples that each step uses
def train(model, x, labels, batches, learning_rate):
    losses = []
    for batch in batches:
        rows = np.unique(batch)
        loss, grad = cross_entropy(model.forward(x[rows]), labels[rows])
        model.backward(grad)
        for p, g in zip(model.parameters(), model.gradients()):
            p -= learning_rate * g
        losses.append(loss)
    return losses


# answer: q9, takes the rows from the first to the last of a batch
# breaks: batches : the row numbers of the examples, in any order and with gaps
def train(model, x, labels, batches, learning_rate):
    losses = []
    for batch in batches:
        rows = slice(min(batch), max(batch) + 1)
        loss, grad = cross_entropy(model.forward(x[rows]), labels[rows])
        model.backward(grad)
        for p, g in zip(model.parameters(), model.gradients()):
            p -= learning_rate * g
        losses.append(loss)
    return losses


# answer: q9, biases are not trained
# breaks: "from every parameter"
def train(model, x, labels, batches, learning_rate):
    losses = []
    for batch in batches:
        loss, grad = cross_entropy(model.forward(x[batch]), labels[batch])
        model.backward(grad)
        for weight, grad_weight in list(zip(model.parameters(), model.gradients()))[::2]:
            weight -= learning_rate * grad_weight
        losses.append(loss)
    return losses


# answer: q9, trains the first array alone
# breaks: "from every parameter"
def train(model, x, labels, batches, learning_rate):
    losses = []
    for batch in batches:
        loss, grad = cross_entropy(model.forward(x[batch]), labels[batch])
        losses.append(loss)
        model.backward(grad)
        w, g = model.parameters()[0], model.gradients()[0]
        w -= learning_rate * g
    return losses


# answer: q9, runs all of x and writes the gradient back, where examples drawn twice overwrite each other
# breaks: a step uses the examples of its batch; one that is there twice has two parts in the gradient
def train(model, x, labels, batches, learning_rate):
    losses = []
    for batch in batches:
        scores = model.forward(x)
        loss, grad = cross_entropy(scores[batch], labels[batch])
        full = np.zeros(scores.shape)
        full[batch] = grad
        model.backward(full)
        for p, g in zip(model.parameters(), model.gradients()):
            p -= learning_rate * g
        losses.append(loss)
    return losses


# answer: q9, weighs each loss by the size of its batch, as for the mean of an epoch
# breaks: returns "the loss of each batch, before its step"
def train(model, x, labels, batches, learning_rate):
    losses = []
    for batch in batches:
        loss, grad = cross_entropy(model.forward(x[batch]), labels[batch])
        model.backward(grad)
        for p, g in zip(model.parameters(), model.gradients()):
            p -= learning_rate * g
        losses.append(loss * len(batch) / len(batches[0]))
    return losses


# answer: q9, remembers the gradients by batch, to save the second pass over one that comes again
# breaks: the gradient is that of the parameters as they are now
def train(model, x, labels, batches, learning_rate):
    losses, known = [], {}
    for batch in batches:
        loss, grad = cross_entropy(model.forward(x[batch]), labels[batch])
        if id(batch) not in known:
            model.backward(grad)
            known[id(batch)] = [g.copy() for g in model.gradients()]
        for p, g in zip(model.parameters(), known[id(batch)]):
            p -= learning_rate * g
        losses.append(loss)
    return losses

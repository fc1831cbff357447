"""Wrong answers to q2 and q6: what a plan makes, and what it costs. Text; nobody imports it."""


# answer: q2, drops out in front of the classifier, in training mode
# breaks: behind the plan each map is averaged to one number, and a linear layer makes the scores
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        layers = []
        for step in plan:
            if step == "M":
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(channels, step, 3, padding=1), nn.ReLU()]
                channels = step
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        x = self.features(x).mean(dim=(2, 3))
        return self.classifier(F.dropout(x, p=0.5, training=self.training))


# answer: q2, torchvision's names for the arguments
# breaks: Parameters: plan, channels, classes
class VGG(nn.Module):
    def __init__(self, cfg, in_channels=1, num_classes=10):
        super().__init__()
        layers = []
        for v in cfg:
            if v == "M":
                layers += [nn.MaxPool2d(kernel_size=2, stride=2)]
            else:
                layers += [nn.Conv2d(in_channels, v, kernel_size=3, padding=1), nn.ReLU(inplace=True)]
                in_channels = v
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(in_channels, num_classes)

    def forward(self, x):
        return self.classifier(torch.flatten(F.adaptive_avg_pool2d(self.features(x), (1, 1)), 1))


# answer: q2, pools once where the plan pools twice in a row
# breaks: "M" is a 2 × 2 max pooling, also behind another
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        layers, before = [], None
        for step in plan:
            if step == "M" and before != "M":
                layers.append(nn.MaxPool2d(2))
            elif step != "M":
                layers += [nn.Conv2d(channels, step, 3, padding=1), nn.ReLU()]
                channels = step
            before = step
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        return self.classifier(self.features(x).mean(dim=(2, 3)))


# answer: q2, the scores of a single class lose their axis
# breaks: Returns tensor (N, K), for K = 1, too
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        layers = []
        for step in plan:
            if step == "M":
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(channels, step, 3, padding=1), nn.ReLU()]
                channels = step
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        scores = self.classifier(self.features(x).mean(dim=(2, 3)))
        return scores[:, 0] if scores.shape[1] == 1 else scores


# answer: q2, gives probabilities' logarithms in training mode
# breaks: a linear layer makes the scores, in training mode, too
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        layers = []
        for step in plan:
            if step == "M":
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(channels, step, 3, padding=1), nn.ReLU()]
                channels = step
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        scores = self.classifier(self.features(x).mean(dim=(2, 3)))
        return scores.log_softmax(dim=1) if self.training else scores


# answer: q6, looks at the rows only
# breaks: Raises ValueError where pooling leaves no row or no column
def plan_cost(plan, channels, size, classes):
    height, width = size
    parameters = multiply_adds = 0
    for step in plan:
        if step == "M":
            height, width = height // 2, width // 2
            if height == 0:
                raise ValueError("nothing is left of the picture")
        else:
            parameters += (9 * channels + 1) * step
            multiply_adds += 9 * channels * step * height * width
            channels = step
    return parameters + (channels + 1) * classes, multiply_adds + channels * classes


# answer: q6, the classifier reads the last entry of the plan
# breaks: plan is a list of whole numbers and "M": the last entry may be "M"
def plan_cost(plan, channels, size, classes):
    height, width = size
    parameters = multiply_adds = 0
    for step in plan:
        if step == "M":
            height, width = height // 2, width // 2
            if not (height and width):
                raise ValueError("nothing is left of the picture")
            continue
        parameters += 9 * channels * step + step
        multiply_adds += 9 * channels * step * height * width
        channels = step
    parameters += (plan[-1] + 1) * classes
    multiply_adds += plan[-1] * classes
    return parameters, multiply_adds


# answer: q6, the last entry of the plan, or the one before
# breaks: plan is a list of whole numbers and "M": two "M" may stand at its end
def plan_cost(plan, channels, size, classes):
    height, width = size
    last = plan[-2] if plan[-1] == "M" else plan[-1]
    parameters, multiply_adds = 0, 0
    for step in plan:
        if step == "M":
            height //= 2
            width //= 2
            if min(height, width) < 1:
                raise ValueError("nothing is left of the picture")
        else:
            parameters += 9 * channels * step + step
            multiply_adds += 9 * channels * step * height * width
            channels = step
    return parameters + (last + 1) * classes, multiply_adds + last * classes


# answer: q6, counts in whole numbers of 32 bits
# breaks: what cost would say, up to 256 channels and 64 × 64 pixels: 9 · 256 · 256 · 4096 needs 33 bits
def plan_cost(plan, channels, size, classes):
    height, width = size
    rows = []
    for step in plan:
        if step == "M":
            height, width = height // 2, width // 2
            if height * width == 0:
                raise ValueError("nothing is left of the picture")
        else:
            rows.append((channels, step, height * width))
            channels = step
    table = np.array(rows, dtype=np.int32)
    before, after, places = table[:, 0], table[:, 1], table[:, 2]
    parameters = int((9 * before * after + after).sum()) + (channels + 1) * classes
    return parameters, int((9 * before * after * places).sum()) + channels * classes


# answer: q6, adds up in float32
# breaks: Returns ints, what cost would say: float32 counts by ones up to 16,777,216 only
def plan_cost(plan, channels, size, classes):
    height, width = size
    parameters, multiply_adds = np.float32(0), np.float32(0)
    for step in plan:
        if step == "M":
            height, width = height // 2, width // 2
            if height < 1 or width < 1:
                raise ValueError("nothing is left of the picture")
        else:
            parameters += np.float32(9 * channels * step + step)
            multiply_adds += np.float32(9 * channels * step * height * width)
            channels = step
    parameters += np.float32((channels + 1) * classes)
    multiply_adds += np.float32(channels * classes)
    return int(parameters), int(multiply_adds)


# answer: q6, stops at a plan that begins with pooling
# breaks: plan is a list of whole numbers and "M": "M" may come first
def plan_cost(plan, channels, size, classes):
    pools = plan.count("M")
    if min(size) >> pools == 0:
        raise ValueError("nothing is left of the picture")
    height, width = size
    parameters = multiply_adds = 0
    for i, step in enumerate(plan):
        if step == "M":
            height, width = height // 2, width // 2
            continue
        before = channels if i == 0 else [n for n in plan[:i] if n != "M"][-1]
        parameters += 9 * before * step + step
        multiply_adds += 9 * before * step * height * width
    last = [n for n in plan if n != "M"][-1]
    return parameters + (last + 1) * classes, multiply_adds + last * classes


# answer: q6, refuses the plan whose last pooling leaves one row
# breaks: ValueError only where pooling leaves no row or no column: of 8 rows three poolings leave one
def plan_cost(plan, channels, size, classes):
    pools = sum(step == "M" for step in plan)
    if pools and min(size) <= 2**pools:
        raise ValueError("nothing is left of the picture")
    height, width = size
    parameters = multiply_adds = 0
    for step in plan:
        if step == "M":
            height, width = height // 2, width // 2
        else:
            parameters += 9 * channels * step + step
            multiply_adds += 9 * channels * step * height * width
            channels = step
    return parameters + (channels + 1) * classes, multiply_adds + channels * classes


# answer: q6, remembers plans, and forgets what else it was asked
# breaks: what cost would say of this plan with these channels, this size and these classes
_plans = {}


def plan_cost(plan, channels, size, classes):
    key = tuple(plan)
    if key not in _plans:
        height, width = size
        parameters = multiply_adds = 0
        for step in plan:
            if step == "M":
                height, width = height // 2, width // 2
                if height == 0 or width == 0:
                    raise ValueError("nothing is left of the picture")
            else:
                parameters += 9 * channels * step + step
                multiply_adds += 9 * channels * step * height * width
                channels = step
        _plans[key] = parameters + (channels + 1) * classes, multiply_adds + channels * classes
    return _plans[key]


# answer: q6, refuses pictures of one row, pooled or not
# breaks: ValueError where pooling leaves no row or no column; a plan without "M" pools nothing
def plan_cost(plan, channels, size, classes):
    height, width = size
    if height < 2 or width < 2:
        raise ValueError("the picture is too small")
    parameters = multiply_adds = 0
    for step in plan:
        if step == "M":
            height, width = height // 2, width // 2
            if height == 0 or width == 0:
                raise ValueError("nothing is left of the picture")
        else:
            parameters += 9 * channels * step + step
            multiply_adds += 9 * channels * step * height * width
            channels = step
    return parameters + (channels + 1) * classes, multiply_adds + channels * classes

"""The first entry of a plan, and the cost of the rest."""


# question: q6
def plan_cost(plan, channels, size, classes):
    if not plan:
        return classes * (channels + 1), classes * channels
    (h, w), first, rest = size, plan[0], plan[1:]
    if isinstance(first, str):
        if min(h, w) < 2:
            raise ValueError("nothing is left")
        return plan_cost(rest, channels, (h // 2, w // 2), classes)
    parameters, adds = plan_cost(rest, first, size, classes)
    return parameters + first * channels * 9 + first, adds + first * channels * 9 * h * w

"""The error function, which the array API lacks: Cody's rational approximations, good to the last digits."""

from __future__ import annotations

from collections.abc import Sequence
from math import pi, sqrt

from convnet._array import Array, library_erf, namespace

# W. J. Cody, "Rational Chebyshev approximations for the error function", 1969: up to 0.47, to 4, and beyond.
NEAR = (
    (
        1.85777706184603153e-1,
        3.16112374387056560,
        1.13864154151050156e2,
        3.77485237685302021e2,
        3.20937758913846947e3,
    ),
    (1.0, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3),
)
MIDDLE = (
    (
        2.15311535474403846e-8,
        5.64188496988670089e-1,
        8.88314979438837594,
        6.61191906371416295e1,
        2.98635138197400131e2,
        8.81952221241769090e2,
        1.71204761263407058e3,
        2.05107837782607147e3,
        1.23033935479799725e3,
    ),
    (
        1.0,
        1.57449261107098347e1,
        1.17693950891312499e2,
        5.37181101862009858e2,
        1.62138957456669019e3,
        3.29079923573345963e3,
        4.36261909014324716e3,
        3.43936767414372164e3,
        1.23033935480374942e3,
    ),
)
FAR = (
    (
        1.63153871373020978e-2,
        3.05326634961232344e-1,
        3.60344899949804439e-1,
        1.25781726111229246e-1,
        1.60837851487422766e-2,
        6.58749161529837803e-4,
    ),
    (
        1.0,
        2.56852019228982242,
        1.87295284992346725,
        5.27905102951428412e-1,
        6.05183413124413191e-2,
        2.33520497626869185e-3,
    ),
)


def erf(x: Array) -> Array:
    """Return the error function of each element, in at least 32 bits."""
    xp = namespace(x)
    known = library_erf(x)
    if known is not None:
        return known
    size = xp.abs(x)
    near = x * _ratio(NEAR, xp.clip(size, max=0.5) ** 2)
    bounded = xp.clip(size, min=0.46875, max=6.0)  # beyond 6 it is 1 to the last digit
    falls = xp.exp(-bounded * bounded)
    middle = 1.0 - falls * _ratio(MIDDLE, xp.clip(bounded, max=4.0))
    inverse = 1.0 / (bounded * bounded)
    far = 1.0 - falls / bounded * (1.0 / sqrt(pi) - inverse * _ratio(FAR, inverse))
    out: Array = xp.where(bounded <= 4.0, middle, far)
    out = xp.where(x < 0.0, -out, out)
    out = xp.where(size <= 0.46875, near, out)
    out = xp.where(xp.isnan(x), x, out)
    return out


def _ratio(coefficients: tuple[Sequence[float], Sequence[float]], x: Array) -> Array:
    """Return the ratio of two polynomials; coefficients fall from the highest power."""
    above, below = (_polynomial(numbers, x) for numbers in coefficients)
    return above / below


def _polynomial(coefficients: Sequence[float], x: Array) -> Array:
    total = x * coefficients[0]
    for number in coefficients[1:-1]:
        total = (total + number) * x
    return total + coefficients[-1]

"""Learning-rate schedules that rise: a warm-up, triangles, and one cycle."""

from __future__ import annotations

from convnet.plain.schedule import cosine_rate


def warm_up_rate(
    t: int, lr: float, steps: int, start: float = 0.1
) -> float:
    r"""Let the rate rise along a straight line, and stay.

    .. math:: \eta_t = \eta \left(a + (1 - a) \min(t / T, 1)\right)

    Parameters
    ----------
    t : int
        Number of the step, counted from 0.
    lr : float
        Rate :math:`\eta` to be reached.
    steps : int
        Steps :math:`T` of the rise.
    start : float
        Share :math:`a` of the rate at the start.

    Returns
    -------
    float
        The rate.

    Notes
    -----
    Source: Goyal et al., "Accurate, large minibatch SGD", 2017.

    Examples
    --------
    >>> [warm_up_rate(t, 1.0, 3, 0.25) for t in range(5)]
    [0.25, 0.5, 0.75, 1.0, 1.0]
    """
    return lr * (start + (1 - start) * min(t / steps, 1))


def cyclical_rate(
    t: int, lowest: float, highest: float, half: int
) -> float:
    r"""Let the rate go up and down between two bounds, along straight lines.

    .. math:: \eta_t = \eta_{min} + (\eta_{max} - \eta_{min})
        \left(1 - \left\lvert \frac{t \bmod 2T}{T} - 1 \right\rvert\right)

    Parameters
    ----------
    t : int
        Number of the step, counted from 0.
    lowest, highest : float
        Bounds :math:`\eta_{min}` and :math:`\eta_{max}`.
    half : int
        Steps :math:`T` from one bound to the other.

    Returns
    -------
    float
        The rate.

    Notes
    -----
    Source: Smith, "Cyclical learning rates for training neural networks", 2017.

    Examples
    --------
    >>> [cyclical_rate(t, 0.0, 1.0, 2) for t in range(6)]
    [0.0, 0.5, 1.0, 0.5, 0.0, 0.5]
    """
    height = 1 - abs(t % (2 * half) / half - 1)
    return lowest + (highest - lowest) * height


def one_cycle_rate(
    t: int,
    highest: float,
    steps: int,
    share: float = 0.3,
    start: float = 1 / 25,
    end: float = 1 / 250_000,
) -> float:
    r"""Rise along half a cosine to the highest rate, and fall along another far below the start.

    .. math:: \eta_t = \eta_1 + (\eta_2 - \eta_1) \frac{1 - \cos \pi \tau}{2}

    from the start to the highest rate, then from there to the end; :math:`\tau` goes from 0 to 1 each time.

    Parameters
    ----------
    t : int
        Number of the step, counted from 0.
    highest : float
        Rate :math:`\eta_{max}`.
    steps : int
        Steps of the whole cycle; the last one has the number steps − 1.
    share : float
        Share of the steps in which the rate rises.
    start, end : float
        Shares of the highest rate at the start and at the end.

    Returns
    -------
    float
        The rate.

    Notes
    -----
    Source: Smith and Topin, "Super-convergence", 2018.

    Examples
    --------
    >>> [round(float(one_cycle_rate(t, 1.0, 7, 3 / 7)), 3) for t in range(7)]
    [0.04, 0.52, 1.0, 0.854, 0.5, 0.146, 0.0]
    """
    top = share * steps - 1
    if t <= top:
        return cosine_rate(t, start * highest, top, highest)
    fall = steps - 1 - top
    return cosine_rate(t - top, highest, fall, end * highest)

"""Adding rows up where they belong, without writing anywhere twice.

The array API has no addition at repeated indices. Sorting brings the contributions to one place together;
then the first contribution to each place is gathered, then the second, and so on. With the busiest places
first, those which still have a contribution left are always a prefix.
"""

from __future__ import annotations

from collections.abc import Sequence

from convnet._array import Array, add_at, device, namespace, zeros


def add_rows(values: Array, shares: Array, index: Array, steps: Sequence[int], targets: Array) -> Array:
    """Return for each target the sum of the rows that go there, each times its share.

    Parameters
    ----------
    values : Array, shape (M, C)
        Rows to hand out.
    shares : Array, shape (E, M)
        Row m goes to E places; to place e it gives `shares[e, m] * values[m]`.
    index : Array of integers, shape (M,)
        Number from which the places of a row count.
    steps : sequence of int, length E
        Place e of row m has the number `index[m] + steps[e]`.
    targets : Array of integers, shape (T,)
        Numbers of the places wanted, each once; what goes elsewhere is dropped.

    Returns
    -------
    Array, shape (T, C)
        Sums.
    """
    xp = namespace(values)
    order = xp.argsort(index, stable=False)
    ranked, sorted_values = xp.take(index, order), xp.take(values, order, axis=0)
    sums = zeros((targets.shape[0], values.shape[1]), values)
    for number, step in enumerate(steps):
        first = xp.searchsorted(ranked, targets - step)
        counts = xp.searchsorted(ranked, targets - step, side="right") - first
        sums += _add_runs(sorted_values, xp.take(shares[number, :], order), first, counts)
    return sums


def _add_runs(values: Array, shares: Array, first: Array, counts: Array) -> Array:
    """Return for each place the sum of `counts` rows from row `first` on, each times its share."""
    xp = namespace(values)
    busiest = xp.argsort(counts, descending=True, stable=False)
    first, counts = xp.take(first, busiest), xp.take(counts, busiest)
    places = counts.shape[0]
    sums = zeros((places, values.shape[1]), values)
    rounds = xp.arange(int(counts[0]) if places else 0, dtype=counts.dtype, device=device(counts))
    finished = xp.searchsorted(xp.flip(counts), rounds, side="right")  # places with nothing left, by round
    for number in range(rounds.shape[0]):
        busy = slice(0, places - int(finished[number]))
        rows = xp.take(values, first[busy] + number, axis=0)
        rows *= xp.take(shares, first[busy] + number)[:, None]
        add_at(sums, (busy, ...), rows)
    out: Array = xp.take(sums, xp.argsort(busiest, stable=False), axis=0)
    return out

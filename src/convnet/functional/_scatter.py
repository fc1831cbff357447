"""Adding rows up where they belong, without writing anywhere twice.

The array API has no addition at repeated indices. Sorting brings the contributions to one row together; then
the first contribution to each row is gathered, then the second, and so on. With the busiest rows first, the
rows which still have one left are always a prefix.
"""

from __future__ import annotations

from convnet._array import Array, add_at, device, namespace, zeros


def add_rows(values: Array, shares: Array, index: Array, targets: Array) -> Array:
    """Return for each target the sum of the rows that go there, each times its share.

    Parameters
    ----------
    values : Array, shape (M, C)
        Rows to hand out.
    shares : Array, shape (E, M)
        Row m goes to E places; to place e it gives `shares[e, m] * values[m]`.
    index : Array of integers, shape (E, M)
        Number of each place.
    targets : Array of integers, shape (T,)
        Numbers of the places wanted, each once; what goes elsewhere is dropped.

    Returns
    -------
    Array, shape (T, C)
        Sums.
    """
    xp = namespace(values)
    order = xp.argsort(xp.reshape(index, (-1,)))
    ranked = xp.take(xp.reshape(index, (-1,)), order)
    first = xp.searchsorted(ranked, targets)
    counts = xp.searchsorted(ranked, targets, side="right") - first
    sources = xp.remainder(order, values.shape[0])
    sorted_shares = xp.take(xp.reshape(shares, (-1,)), order)

    busiest = xp.argsort(counts, descending=True)
    first, counts = xp.take(first, busiest), xp.take(counts, busiest)
    sums = zeros((targets.shape[0], values.shape[1]), values)
    rounds = int(counts[0]) if targets.shape[0] else 0
    numbers = xp.arange(rounds, dtype=counts.dtype, device=device(counts))
    remaining = xp.searchsorted(xp.flip(counts), numbers, side="right")  # rows with no contribution left
    for number in range(rounds):
        busy = slice(0, targets.shape[0] - int(remaining[number]))
        places = first[busy] + number
        rows = xp.take(values, xp.take(sources, places), axis=0)
        rows *= xp.take(sorted_shares, places)[:, None]
        add_at(sums, (busy, ...), rows)
    out: Array = xp.take(sums, xp.argsort(busiest), axis=0)
    return out

"""What one call of a student's function returned, compared and put into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from coursekit import _recording
from coursekit.checks._words import (
    fail,
    first_wrong,
    named_type,
    places_of,
    plain,
    require,
    wanted_dtype,
    whole_numbers,
)

_RETURN = "Put your code in the place of the `...` and end it with `return`."
TOLERANCE = 1e-5  # relative and absolute: float32 answers pass, a wrong pixel does not
FINE = 1e-9  # for float64 alone: what was rounded, or computed in float32, does not pass


@dataclass(frozen=True)
class Answer:
    """What one call returned, the call in words, and the dtypes of the arrays that came in.

    Where one of them was float64, floats of 64 bits have to come back: nothing is lost without a word.
    """

    value: Any
    label: str
    came: frozenset[str] = frozenset()

    def part(self, place: int, what: str) -> Answer:
        """Return one of several values that came back; ``what`` is what it is, for the messages.

        Raises
        ------
        AssertionError
            When there are no such several values.
        """
        require(self.value is not None, f"{self.label} returned None.", _RETURN)
        require(
            type(self.value) in (tuple, list) and len(self.value) > place,
            f"{self.label} returned {named_type(self.value)}.",
            "Return all that the contract names, separated by commas.",
        )
        return replace(self, value=self.value[place], label=f"{what} of {self.label}")

    def array(
        self, shape: tuple[int, ...] | None = None, *, secret: bool = False, dtype: DTypeLike = np.floating
    ) -> NDArray[Any]:
        """Return the value as an array, after its type, dtype and shape were found right.

        Parameters
        ----------
        shape : tuple of int, optional
            The shape it must have; any shape passes without it.
        secret : bool
            Whether the message keeps the expected shape to itself.
        dtype : dtype
            The dtype it must have: one, such as ``np.int8``, or a kind, such as ``np.integer``. Floats must
            have at least 32 bits, and 64 where a float64 array came in.

        Raises
        ------
        AssertionError
            When it is no plain array, has another dtype or shape, or holds NaN or infinity.
        """
        value: NDArray[Any] = self.value
        require(value is not None, f"{self.label} returned None.", _RETURN)
        if type(value) is not np.ndarray:
            fail(f"{self.label} returned {named_type(value)}.", "Return a NumPy array (np.ndarray).")
        if not np.issubdtype(value.dtype, dtype):  # words are made where they are needed: calls are many
            fail(f"{self.label} returned dtype {value.dtype}.", wanted_dtype(dtype))
        if dtype is np.floating:
            self._precise(value.dtype)
        if shape is not None and value.shape != shape:
            wanted = "" if secret else f", the right shape is {shape}"
            fail(f"{self.label} returned shape {value.shape}{wanted}.")
        finite = np.isfinite(value)
        if not finite.all():
            bad = int((~finite).sum())
            fail(f"{self.label} returned nan or inf, {bad} of {finite.size} values.")
        return value

    def _precise(self, dtype: np.dtype[Any]) -> None:
        """Fail where floats came back that are less precise than those that came in."""
        wide = "float64" in self.came
        least = np.dtype(np.float64 if wide else np.float32)
        if dtype.itemsize < least.itemsize:
            came = "an array of float64 came in" if wide else "that is too coarse"
            fail(f"{self.label} returned dtype {dtype}, and {came}.", f"Return {least}.")

    @_recording.surviving()
    def equals(self, expected: ArrayLike, hint: str = "", *, dtype: DTypeLike = np.floating) -> None:
        """Compare with ``expected`` and show the first difference. For public tests.

        ``dtype`` is as in `array`.

        Raises
        ------
        AssertionError
            When shape, dtype or a value differs; ``hint`` ends the message.
        """
        right = np.asarray(expected, dtype=float)
        value = self.array(right.shape, dtype=dtype)
        wrong = ~np.isclose(value, right, rtol=TOLERANCE, atol=TOLERANCE)
        if wrong.any():
            at = tuple(int(i) for i in np.argwhere(wrong)[0])
            fail(
                f"{self.label}: {int(wrong.sum())} of {wrong.size} values differ, {places_of(wrong)}: "
                f"yours {value[at]:.6g}, expected {right[at]:.6g}.",
                hint,
            )

    @_recording.surviving()
    def matches(
        self,
        expected: ArrayLike,
        hint: str = "",
        *,
        dtype: DTypeLike = np.floating,
        exact: bool = False,
        fine: bool = False,
        unit: float = 1.0,
    ) -> None:
        """Compare with ``expected`` and say only where it differs. For hidden tests.

        Parameters
        ----------
        expected : array_like
            The right answer.
        hint : str
            What ends the message.
        dtype : dtype
            As in `array`.
        exact : bool
            Whether every bit counts, as it does where values are only moved. Otherwise the tolerance is
            relative to the largest expected value: float32 loses digits where large terms cancel.
        fine : bool
            Whether the tolerance is a billionth where float64 came in and no float32. Sums in another order
            stay below it; a result that was rounded, or computed in float32, does not.
        unit : float
            How large the numbers are, where all of them are small: what is smaller by the tolerance counts
            as 0.

        Raises
        ------
        AssertionError
            When shape, dtype or a value differs; the message holds no expected value.
        """
        right = np.asarray(expected) if exact else np.asarray(expected, dtype=float)
        value = self.array(right.shape, secret=True, dtype=dtype)
        if exact:
            wrong = value != right
        else:
            largest = float(np.abs(right).max(initial=0.0))
            tolerance = FINE if fine and "float64" in self.came and "float32" not in self.came else TOLERANCE
            wrong = ~(np.abs(value - right) <= tolerance * (unit + largest))  # so that nan is wrong, too
        if wrong.any():
            many = f"{int(wrong.sum())} of {wrong.size}"
            fail(f"{self.label}: {many} values are wrong, {places_of(wrong)}.", hint)

    @_recording.surviving()
    def is_whole(self, expected: int | Sequence[Any], hint: str = "", *, secret: bool = False) -> None:
        """Compare with a whole number, or with a list of such, of pairs of such, and so on.

        A float is refused, because a count of pixels is an `int`. Lists and tuples pass for each other.

        Raises
        ------
        AssertionError
            When it is no `int` or list of such, or another one; with ``secret`` the message does not say
            which is right.
        """
        value = self.value
        require(value is not None, f"{self.label} returned None.", _RETURN)
        if isinstance(expected, int):
            require(
                type(value) is int or isinstance(value, np.integer),
                f"{self.label} returned {value!r}, {named_type(value)}.",
                "Return an int, no float." if isinstance(value, (float, np.floating)) else "Return an int.",
            )
        else:
            require(
                type(value) in (list, tuple),
                f"{self.label} returned {named_type(value)}.",
                f"Return a {type(expected).__name__}.",
            )
        given = whole_numbers(value)
        words = repr(plain(value))
        words = words if len(words) <= 120 else words[:120] + "…"
        require(given is not None, f"{self.label} returned {words}.", "Each number must be an int.")
        wanted = whole_numbers(expected)
        told = f"; {first_wrong(given, wanted)}" if secret else f", the right answer is {expected}"
        require(given == wanted, f"{self.label} returned {words}{told}.", hint)

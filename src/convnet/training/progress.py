"""Show how far training is: a bar where tqdm is installed, a line an epoch elsewhere."""

from __future__ import annotations

from typing import Any


class Progress:
    """A bar over batches which shows the last epoch's numbers.

    Parameters
    ----------
    total, done : int
        Batches in all, and batches that lie behind already.
    show : bool
        Whether to show anything.
    """

    def __init__(self, total: int, done: int, show: bool) -> None:
        self.show = show
        self.bar: Any = None
        if show:
            try:
                from tqdm import tqdm
            except ImportError:
                return
            self.bar = tqdm(total=total, initial=done, unit="batch", dynamic_ncols=True)

    def advance(self) -> None:
        """Count one batch."""
        if self.bar is not None:
            self.bar.update()

    def epoch(self, number: int, epochs: int, text: str) -> None:
        """Say how an epoch went."""
        if self.bar is not None:
            self.bar.set_postfix_str(f"epoch {number}/{epochs}  {text}")
        elif self.show:
            print(f"epoch {number}/{epochs}  {text}", flush=True)

    def close(self) -> None:
        """Leave the bar as it stands."""
        if self.bar is not None:
            self.bar.close()

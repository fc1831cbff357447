"""Submanifold convolution with its kernels; the sites come from outside."""

from __future__ import annotations

from convnet import functional as F
from convnet._arguments import IntOrPair
from convnet._array import Array
from convnet.functional.submanifold import Rulebook, SubmanifoldConvCache
from convnet.nn._kernels import Kernels


class SubmanifoldConv2d(Kernels):
    """A convolution at active sites with its kernels; see `convnet.functional.submanifold_conv2d_forward`.

    It takes two inputs: the features of the sites, and the rulebook that says who is whose neighbour. A
    rulebook has no gradient, so `backward` returns the gradient by the features alone. One rulebook serves
    all layers of one kernel size and dilation on the same sites: make it once for each batch.

    Parameters
    ----------
    in_channels, out_channels : int
        Features in and out; `weight` has the shape (out_channels, in_channels, kh, kw).
    kernel_size : int or pair of int
        Height and width of a kernel, odd.
    dilation : int or pair of int
        Distance between two taps of a kernel.
    bias : bool
        Whether to add one number for each kernel.

    Raises
    ------
    ValueError
        When an argument is out of range, or the kernel is even.

    Notes
    -----
    Kernels and biases start as those of `Conv2d`.

    Examples
    --------
    >>> import numpy as np
    >>> first = SubmanifoldConv2d(1, 4, 3).initialize(seed=0)
    >>> second = SubmanifoldConv2d(4, 2, 3).initialize(seed=1)
    >>> coordinates = np.asarray([[0, 4, 4], [0, 4, 5], [0, 9, 9]])  # image, row, column
    >>> book = first.rulebook(coordinates)
    >>> x = np.ones((3, 1), dtype=np.float32)
    >>> second(first(x, book), book).shape
    (3, 2)
    >>> first.multiply_adds(book)  # five neighbours, oneself among them, times four kernels
    20
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: IntOrPair,
        dilation: IntOrPair = 1,
        bias: bool = True,
    ) -> None:
        super().__init__(in_channels, out_channels, kernel_size, dilation=dilation, bias=bias)
        if any(size % 2 == 0 for size in self.kernel_size):
            raise ValueError(f"{self.name}: kernel_size must be odd, got {kernel_size!r}")
        self._cache: SubmanifoldConvCache | None = None

    def __call__(self, x: Array, rulebook: Rulebook) -> Array:
        """Return the features: `layer(x, rulebook)` is `layer.forward(x, rulebook)`."""
        return self.forward(x, rulebook)

    def rulebook(self, coordinates: Array) -> Rulebook:
        """Find the neighbours of every site; see `convnet.functional.submanifold_rulebook`.

        Parameters
        ----------
        coordinates : Array of integers, shape (M, 3)
            Image number, row and column of each active site.

        Returns
        -------
        Rulebook
            For this layer and all others of its kernel size and dilation.
        """
        return F.submanifold_rulebook(coordinates, self.kernel_size, self.dilation)

    def forward(self, x: Array, rulebook: Rulebook) -> Array:
        """Return the features of the same sites.

        Parameters
        ----------
        x : Array, shape (M, in_channels)
            Features of the active sites, in the order of the coordinates.
        rulebook : Rulebook
            Their neighbours, from `rulebook`.

        Returns
        -------
        Array, shape (M, out_channels)
            Features.

        Raises
        ------
        ValueError
            When the rulebook is for other kernels or sites, or the features do not fit.
        """
        if rulebook.dilation != self.dilation:
            raise ValueError(
                f"{self.name}: rulebook is for dilation {rulebook.dilation}, the layer has {self.dilation}"
            )
        out, self._cache = F.submanifold_conv2d_forward(x, self.weight.data, self._bias, rulebook)
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the features, and add to those of weight and bias."""
        cache, self._cache = self._kept(self._cache), None
        grad_x, grad_weight, grad_bias = F.submanifold_conv2d_backward(grad_out, cache)
        self._learn(grad_weight, grad_bias)
        return grad_x

    def multiply_adds(self, rulebook: Rulebook) -> int:
        """Return the multiply-adds on these sites: pairs of neighbours times the weights of one tap."""
        pairs = sum(tap.inputs.shape[0] for tap in rulebook.taps)
        return pairs * self.in_channels * self.out_channels

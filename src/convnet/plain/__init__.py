"""The storey for reading: every operation as its definition, in a few lines of NumPy.

Nothing is checked and nothing is fast here. `convnet.functional` is what networks call; tests hold both equal.
A backward pass takes the upstream gradient and what its forward pass took, and returns the gradients.
"""

from convnet.plain.activation import (
    prelu,
    prelu_backward,
    relu,
    relu_backward,
)
from convnet.plain.adaptive_pooling import (
    adaptive_avg_pool2d,
    adaptive_avg_pool2d_backward,
    adaptive_windows,
)
from convnet.plain.average_pooling import (
    avg_pool2d,
    avg_pool2d_backward,
)
from convnet.plain.convolution import conv2d, conv2d_backward
from convnet.plain.convolution1d import conv1d, conv1d_backward
from convnet.plain.dilation import dilate, dilate_backward
from convnet.plain.global_pooling import (
    global_avg_pool2d,
    global_avg_pool2d_backward,
)
from convnet.plain.grouped import (
    grouped_conv2d,
    grouped_conv2d_backward,
)
from convnet.plain.linear import linear, linear_backward
from convnet.plain.matrix import conv2d_matrix
from convnet.plain.max_pooling import (
    max_pool2d,
    max_pool2d_backward,
)
from convnet.plain.padding import border_indices, pad, pad_backward
from convnet.plain.separable import (
    separable_conv2d,
    separable_conv2d_backward,
)
from convnet.plain.sigmoid import (
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)
from convnet.plain.signal import (
    convolve1d,
    convolve2d,
    correlate1d,
    correlate2d,
)
from convnet.plain.transposed import (
    conv_transpose2d,
    conv_transpose2d_backward,
)
from convnet.plain.unfolding import unfold, unfold_backward
from convnet.plain.volumetric import conv3d, conv3d_backward

__all__ = [
    "adaptive_avg_pool2d",
    "adaptive_avg_pool2d_backward",
    "adaptive_windows",
    "avg_pool2d",
    "avg_pool2d_backward",
    "border_indices",
    "conv1d",
    "conv1d_backward",
    "conv2d",
    "conv2d_backward",
    "conv2d_matrix",
    "conv3d",
    "conv3d_backward",
    "conv_transpose2d",
    "conv_transpose2d_backward",
    "convolve1d",
    "convolve2d",
    "correlate1d",
    "correlate2d",
    "dilate",
    "dilate_backward",
    "global_avg_pool2d",
    "global_avg_pool2d_backward",
    "grouped_conv2d",
    "grouped_conv2d_backward",
    "linear",
    "linear_backward",
    "max_pool2d",
    "max_pool2d_backward",
    "pad",
    "pad_backward",
    "prelu",
    "prelu_backward",
    "relu",
    "relu_backward",
    "separable_conv2d",
    "separable_conv2d_backward",
    "sigmoid",
    "sigmoid_backward",
    "tanh",
    "tanh_backward",
    "unfold",
    "unfold_backward",
]

"""Layers as pairs of plain functions, forward beside backward."""

from convnet.functional.activation import (
    relu_backward,
    relu_forward,
    softmax_backward,
    softmax_forward,
)
from convnet.functional.adaptive_max_pooling import adaptive_max_pool2d_backward, adaptive_max_pool2d_forward
from convnet.functional.adaptive_pooling import adaptive_avg_pool2d_backward, adaptive_avg_pool2d_forward
from convnet.functional.average_pooling import (
    avg_pool2d_backward,
    avg_pool2d_forward,
    global_avg_pool2d_backward,
    global_avg_pool2d_forward,
)
from convnet.functional.average_pooling1d import avg_pool1d_backward, avg_pool1d_forward
from convnet.functional.average_pooling3d import avg_pool3d_backward, avg_pool3d_forward
from convnet.functional.batch_normalization import batch_norm_backward, batch_norm_forward
from convnet.functional.binary_cross_entropy import (
    binary_cross_entropy_with_logits_backward,
    binary_cross_entropy_with_logits_forward,
)
from convnet.functional.convolution import (
    conv1d_backward,
    conv1d_forward,
    conv2d_backward,
    conv2d_forward,
)
from convnet.functional.deformable import deform_conv2d_backward, deform_conv2d_forward
from convnet.functional.dropout import (
    dropout2d_backward,
    dropout2d_forward,
    dropout_backward,
    dropout_forward,
)
from convnet.functional.focal_loss import class_balanced_weights, focal_loss_backward, focal_loss_forward
from convnet.functional.gelu import gelu_backward, gelu_forward
from convnet.functional.global_max_pooling import global_max_pool2d_backward, global_max_pool2d_forward
from convnet.functional.group_normalization import group_norm_backward, group_norm_forward
from convnet.functional.layer_normalization import layer_norm_backward, layer_norm_forward
from convnet.functional.leaky_relu import leaky_relu_backward, leaky_relu_forward
from convnet.functional.linear import linear_backward, linear_forward
from convnet.functional.local_response import local_response_norm_backward, local_response_norm_forward
from convnet.functional.log_softmax import log_softmax_backward, log_softmax_forward
from convnet.functional.loss import cross_entropy_backward, cross_entropy_forward
from convnet.functional.matrix import conv2d_matrix
from convnet.functional.max_pooling import max_pool2d_backward, max_pool2d_forward
from convnet.functional.max_pooling1d import max_pool1d_backward, max_pool1d_forward
from convnet.functional.max_pooling3d import max_pool3d_backward, max_pool3d_forward
from convnet.functional.mse_loss import mse_loss_backward, mse_loss_forward
from convnet.functional.nll_loss import nll_loss_backward, nll_loss_forward
from convnet.functional.padding import pad_backward, pad_forward
from convnet.functional.partial import partial_conv2d_backward, partial_conv2d_forward
from convnet.functional.prelu import prelu_backward, prelu_forward
from convnet.functional.resize import interpolate_backward, interpolate_forward
from convnet.functional.separable import separable_conv2d_backward, separable_conv2d_forward
from convnet.functional.sigmoid import sigmoid_backward, sigmoid_forward, tanh_backward, tanh_forward
from convnet.functional.sigmoid_focal_loss import sigmoid_focal_loss_backward, sigmoid_focal_loss_forward
from convnet.functional.signal import convolve1d, convolve2d, correlate1d, correlate2d
from convnet.functional.silu import silu_backward, silu_forward
from convnet.functional.submanifold import (
    submanifold_conv2d_backward,
    submanifold_conv2d_forward,
    submanifold_rulebook,
)
from convnet.functional.transposed import (
    conv_transpose1d_backward,
    conv_transpose1d_forward,
    conv_transpose2d_backward,
    conv_transpose2d_forward,
)
from convnet.functional.transposed3d import conv_transpose3d_backward, conv_transpose3d_forward
from convnet.functional.unfolding import unfold_backward, unfold_forward
from convnet.functional.unpooling import max_unpool2d_backward, max_unpool2d_forward
from convnet.functional.volumetric import conv3d_backward, conv3d_forward

__all__ = [
    "adaptive_avg_pool2d_backward",
    "adaptive_avg_pool2d_forward",
    "adaptive_max_pool2d_backward",
    "adaptive_max_pool2d_forward",
    "avg_pool1d_backward",
    "avg_pool1d_forward",
    "avg_pool2d_backward",
    "avg_pool2d_forward",
    "avg_pool3d_backward",
    "avg_pool3d_forward",
    "batch_norm_backward",
    "batch_norm_forward",
    "binary_cross_entropy_with_logits_backward",
    "binary_cross_entropy_with_logits_forward",
    "class_balanced_weights",
    "conv1d_backward",
    "conv1d_forward",
    "conv2d_backward",
    "conv2d_forward",
    "conv2d_matrix",
    "conv3d_backward",
    "conv3d_forward",
    "conv_transpose1d_backward",
    "conv_transpose1d_forward",
    "conv_transpose2d_backward",
    "conv_transpose2d_forward",
    "conv_transpose3d_backward",
    "conv_transpose3d_forward",
    "convolve1d",
    "convolve2d",
    "correlate1d",
    "correlate2d",
    "cross_entropy_backward",
    "cross_entropy_forward",
    "deform_conv2d_backward",
    "deform_conv2d_forward",
    "dropout2d_backward",
    "dropout2d_forward",
    "dropout_backward",
    "dropout_forward",
    "focal_loss_backward",
    "focal_loss_forward",
    "gelu_backward",
    "gelu_forward",
    "global_avg_pool2d_backward",
    "global_avg_pool2d_forward",
    "global_max_pool2d_backward",
    "global_max_pool2d_forward",
    "group_norm_backward",
    "group_norm_forward",
    "interpolate_backward",
    "interpolate_forward",
    "layer_norm_backward",
    "layer_norm_forward",
    "leaky_relu_backward",
    "leaky_relu_forward",
    "linear_backward",
    "linear_forward",
    "local_response_norm_backward",
    "local_response_norm_forward",
    "log_softmax_backward",
    "log_softmax_forward",
    "max_pool1d_backward",
    "max_pool1d_forward",
    "max_pool2d_backward",
    "max_pool2d_forward",
    "max_pool3d_backward",
    "max_pool3d_forward",
    "max_unpool2d_backward",
    "max_unpool2d_forward",
    "mse_loss_backward",
    "mse_loss_forward",
    "nll_loss_backward",
    "nll_loss_forward",
    "pad_backward",
    "pad_forward",
    "partial_conv2d_backward",
    "partial_conv2d_forward",
    "prelu_backward",
    "prelu_forward",
    "relu_backward",
    "relu_forward",
    "separable_conv2d_backward",
    "separable_conv2d_forward",
    "sigmoid_backward",
    "sigmoid_focal_loss_backward",
    "sigmoid_focal_loss_forward",
    "sigmoid_forward",
    "silu_backward",
    "silu_forward",
    "softmax_backward",
    "softmax_forward",
    "submanifold_conv2d_backward",
    "submanifold_conv2d_forward",
    "submanifold_rulebook",
    "tanh_backward",
    "tanh_forward",
    "unfold_backward",
    "unfold_forward",
]

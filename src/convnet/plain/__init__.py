"""The storey for reading: every operation as its definition, in a few lines of NumPy.

Nothing is checked and nothing is fast here. `convnet.functional` is what networks call; tests hold the two equal.
A backward function takes the upstream gradient and what it needs of the forward function's arguments, and returns
the gradients; a loss is where gradients begin, so its backward function takes none. Numbers are 64-bit floats.

One file holds one family. Larger operations are put together from smaller ones: a dilated convolution is `conv2d`
with `dilate(weight, d)`, a padded pooling is `pad` and then the pooling.
"""

from convnet.plain.activation import (
    prelu,
    prelu_backward,
    relu,
    relu_backward,
)
from convnet.plain.adaptive import (
    adagrad_step,
    adam_step,
    rmsprop_step,
)
from convnet.plain.adaptive_max_pooling import (
    adaptive_max_pool2d,
    adaptive_max_pool2d_backward,
)
from convnet.plain.adaptive_pooling import (
    adaptive_avg_pool2d,
    adaptive_avg_pool2d_backward,
    adaptive_windows,
)
from convnet.plain.augmentation import (
    brighten,
    flip,
    shift,
)
from convnet.plain.average_pooling import (
    avg_pool2d,
    avg_pool2d_backward,
)
from convnet.plain.average_pooling1d import (
    avg_pool1d,
    avg_pool1d_backward,
)
from convnet.plain.average_pooling3d import (
    avg_pool3d,
    avg_pool3d_backward,
)
from convnet.plain.backpropagation import (
    delta_before,
    mlp_backward_by_index,
    weight_gradient,
)
from convnet.plain.batch_normalization import (
    batch_norm,
    batch_norm_backward,
)
from convnet.plain.bicubic import (
    bicubic_matrix,
    cubic_share,
    nearest_exact_matrix,
)
from convnet.plain.bilinear_sampling import (
    bilinear_sample,
    bilinear_sample_backward,
)
from convnet.plain.channel_dropout import (
    dropout2d,
    dropout2d_backward,
)
from convnet.plain.convolution import conv2d, conv2d_backward
from convnet.plain.convolution1d import conv1d, conv1d_backward
from convnet.plain.cutout import cutout
from convnet.plain.cycle import (
    cyclical_rate,
    one_cycle_rate,
    warm_up_rate,
)
from convnet.plain.deformable import (
    deform_conv2d,
    deform_conv2d_backward,
)
from convnet.plain.deformable_samples import (
    sample_at,
    sample_at_backward,
    tap_positions,
)
from convnet.plain.dilation import dilate, dilate_backward
from convnet.plain.dropout import (
    dropout,
    dropout_backward,
    dropout_mask,
)
from convnet.plain.focal_loss import (
    class_balanced_weights,
    focal_loss,
    focal_loss_backward,
)
from convnet.plain.gelu import gaussian_share, gelu, gelu_backward
from convnet.plain.global_max_pooling import (
    global_max_pool2d,
    global_max_pool2d_backward,
)
from convnet.plain.global_pooling import (
    global_avg_pool2d,
    global_avg_pool2d_backward,
)
from convnet.plain.gradient_check import (
    numerical_gradient,
    relative_error,
)
from convnet.plain.group_normalization import (
    group_norm,
    group_norm_backward,
)
from convnet.plain.grouped import (
    grouped_conv2d,
    grouped_conv2d_backward,
)
from convnet.plain.layer_normalization import (
    layer_norm,
    layer_norm_backward,
)
from convnet.plain.leaky_relu import leaky_relu, leaky_relu_backward
from convnet.plain.linear import linear, linear_backward
from convnet.plain.local_response import (
    channel_windows,
    local_response_norm,
    local_response_norm_backward,
)
from convnet.plain.log_softmax import (
    log_softmax,
    log_softmax_backward,
    nll_loss,
    nll_loss_backward,
)
from convnet.plain.loss import (
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_backward,
    mse_loss,
    mse_loss_backward,
)
from convnet.plain.matrix import conv2d_matrix
from convnet.plain.max_pooling import (
    max_pool2d,
    max_pool2d_backward,
)
from convnet.plain.max_pooling1d import (
    max_pool1d,
    max_pool1d_backward,
)
from convnet.plain.max_pooling3d import (
    max_pool3d,
    max_pool3d_backward,
)
from convnet.plain.momentum import (
    averaged_momentum_step,
    momentum_step,
    velocity_momentum_step,
)
from convnet.plain.nesterov import (
    nesterov_ahead_step,
    nesterov_step,
)
from convnet.plain.padding import border_indices, pad, pad_backward
from convnet.plain.partial import (
    partial_conv2d,
    partial_conv2d_backward,
    window_scales,
)
from convnet.plain.perceptron import mlp, mlp_backward, prepend_one
from convnet.plain.resize import (
    bilinear_matrix,
    interpolate,
    interpolate_backward,
    nearest_matrix,
)
from convnet.plain.rotation import rotate, turned
from convnet.plain.running_statistics import (
    batch_norm_eval,
    batch_norm_eval_backward,
    update_running,
)
from convnet.plain.schedule import (
    cosine_rate,
    exponential_rate,
    step_rate,
)
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
from convnet.plain.sigmoid_focal_loss import (
    sigmoid_focal_loss,
    sigmoid_focal_loss_backward,
)
from convnet.plain.signal import (
    convolve1d,
    convolve2d,
    correlate1d,
    correlate2d,
)
from convnet.plain.silu import silu, silu_backward
from convnet.plain.softmax import (
    cross_entropy,
    cross_entropy_backward,
    softmax,
    softmax_backward,
)
from convnet.plain.submanifold import (
    submanifold_conv2d,
    submanifold_conv2d_backward,
    submanifold_rulebook,
)
from convnet.plain.surface import (
    bowl,
    bowl_backward,
    eigen_directions,
)
from convnet.plain.surface_flat import (
    plateau,
    plateau_backward,
    saddle,
    saddle_backward,
)
from convnet.plain.surface_minima import (
    himmelblau,
    himmelblau_backward,
    styblinski_tang,
    styblinski_tang_backward,
)
from convnet.plain.surface_valleys import (
    beale,
    beale_backward,
    rosenbrock,
    rosenbrock_backward,
)
from convnet.plain.transposed import (
    conv_transpose2d,
    conv_transpose2d_backward,
)
from convnet.plain.transposed1d import (
    conv_transpose1d,
    conv_transpose1d_backward,
)
from convnet.plain.transposed3d import (
    conv_transpose3d,
    conv_transpose3d_backward,
)
from convnet.plain.unfolding import unfold, unfold_backward
from convnet.plain.unpooling import (
    max_pool2d_indices,
    max_unpool2d,
    max_unpool2d_backward,
)
from convnet.plain.volumetric import conv3d, conv3d_backward

# fmt: off
__all__ = [
    "adagrad_step", "adam_step", "adaptive_avg_pool2d", "adaptive_avg_pool2d_backward",
    "adaptive_max_pool2d", "adaptive_max_pool2d_backward", "adaptive_windows", "averaged_momentum_step",
    "avg_pool1d", "avg_pool1d_backward", "avg_pool2d", "avg_pool2d_backward", "avg_pool3d",
    "avg_pool3d_backward", "batch_norm", "batch_norm_backward", "batch_norm_eval",
    "batch_norm_eval_backward", "beale", "beale_backward", "bicubic_matrix", "bilinear_matrix",
    "bilinear_sample", "bilinear_sample_backward", "binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits_backward", "border_indices", "bowl", "bowl_backward", "brighten",
    "channel_windows", "class_balanced_weights", "conv1d", "conv1d_backward", "conv2d",
    "conv2d_backward", "conv2d_matrix", "conv3d", "conv3d_backward", "conv_transpose1d",
    "conv_transpose1d_backward", "conv_transpose2d", "conv_transpose2d_backward", "conv_transpose3d",
    "conv_transpose3d_backward", "convolve1d", "convolve2d", "correlate1d", "correlate2d",
    "cosine_rate", "cross_entropy", "cross_entropy_backward", "cubic_share", "cutout", "cyclical_rate",
    "deform_conv2d", "deform_conv2d_backward", "delta_before", "dilate", "dilate_backward", "dropout",
    "dropout2d", "dropout2d_backward", "dropout_backward", "dropout_mask", "eigen_directions",
    "exponential_rate", "flip", "focal_loss", "focal_loss_backward", "gaussian_share", "gelu",
    "gelu_backward", "global_avg_pool2d", "global_avg_pool2d_backward", "global_max_pool2d",
    "global_max_pool2d_backward", "group_norm", "group_norm_backward", "grouped_conv2d",
    "grouped_conv2d_backward", "himmelblau", "himmelblau_backward", "interpolate",
    "interpolate_backward", "layer_norm", "layer_norm_backward", "leaky_relu", "leaky_relu_backward",
    "linear", "linear_backward", "local_response_norm", "local_response_norm_backward", "log_softmax",
    "log_softmax_backward", "max_pool1d", "max_pool1d_backward", "max_pool2d", "max_pool2d_backward",
    "max_pool2d_indices", "max_pool3d", "max_pool3d_backward", "max_unpool2d", "max_unpool2d_backward",
    "mlp", "mlp_backward", "mlp_backward_by_index", "momentum_step", "mse_loss", "mse_loss_backward",
    "nearest_exact_matrix", "nearest_matrix", "nesterov_ahead_step", "nesterov_step", "nll_loss",
    "nll_loss_backward", "numerical_gradient", "one_cycle_rate", "pad", "pad_backward",
    "partial_conv2d", "partial_conv2d_backward", "plateau", "plateau_backward", "prelu",
    "prelu_backward", "prepend_one", "relative_error", "relu", "relu_backward", "rmsprop_step",
    "rosenbrock", "rosenbrock_backward", "rotate", "saddle", "saddle_backward", "sample_at",
    "sample_at_backward", "separable_conv2d", "separable_conv2d_backward", "shift", "sigmoid",
    "sigmoid_backward", "sigmoid_focal_loss", "sigmoid_focal_loss_backward", "silu", "silu_backward",
    "softmax", "softmax_backward", "step_rate", "styblinski_tang", "styblinski_tang_backward",
    "submanifold_conv2d", "submanifold_conv2d_backward", "submanifold_rulebook", "tanh",
    "tanh_backward", "tap_positions", "turned", "unfold", "unfold_backward", "update_running",
    "velocity_momentum_step", "warm_up_rate", "weight_gradient", "window_scales",
]
# fmt: on

"""Interactive figures: plain HTML and script, without a kernel, a server or another host.

A figure is an object with ``_repr_html_``. The same string lives in the published book, in Jupyter and in
Colab, and holds a sentence and a still picture for pages without JavaScript. The scripts stand readable in
``coursekit/_widgets``; "Writing a figure" in the instructor's guide says how to add one.
"""

from coursekit.widgets._activation_explorer import activation_explorer
from coursekit.widgets._active_sites import active_sites
from coursekit.widgets._architecture_calculator import architecture_calculator
from coursekit.widgets._backward_pass import backward_pass
from coursekit.widgets._channels import channel_stepper
from coursekit.widgets._convolution import convolution_stepper
from coursekit.widgets._deformable_points import deformable_points
from coursekit.widgets._dense import dense_or_convolution
from coursekit.widgets._dropout_ensemble import dropout_ensemble
from coursekit.widgets._eigen_directions import eigen_directions
from coursekit.widgets._figure import FIGURES, Figure
from coursekit.widgets._focal_loss_shares import focal_loss_shares
from coursekit.widgets._forward_pass import forward_pass
from coursekit.widgets._gradient_through_layers import gradient_through_layers
from coursekit.widgets._lenet_live import lenet_live
from coursekit.widgets._linked_gradients import linked_gradients
from coursekit.widgets._matrix import matrix_stepper
from coursekit.widgets._normalization import normalization
from coursekit.widgets._optimizer_race import optimizer_race
from coursekit.widgets._partial_mask import partial_mask
from coursekit.widgets._pooling import pooling_stepper
from coursekit.widgets._receptive_field import receptive_field
from coursekit.widgets._transposed_stepper import transposed_stepper
from coursekit.widgets._window_line import window_line

__all__ = [
    "FIGURES",
    "Figure",
    "activation_explorer",
    "active_sites",
    "architecture_calculator",
    "backward_pass",
    "channel_stepper",
    "convolution_stepper",
    "deformable_points",
    "dense_or_convolution",
    "dropout_ensemble",
    "eigen_directions",
    "focal_loss_shares",
    "forward_pass",
    "gradient_through_layers",
    "lenet_live",
    "linked_gradients",
    "matrix_stepper",
    "normalization",
    "optimizer_race",
    "partial_mask",
    "pooling_stepper",
    "receptive_field",
    "transposed_stepper",
    "window_line",
]

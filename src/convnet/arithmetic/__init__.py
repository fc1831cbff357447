"""The numbers of convolutional networks: sizes, parameters, multiply-adds, receptive fields.

Everything here is integer arithmetic on one axis or one layer; no array is touched.
"""

from convnet.arithmetic.counts import (
    conv_multiply_adds,
    conv_parameters,
    linear_multiply_adds,
    linear_parameters,
    locally_connected_parameters,
)
from convnet.arithmetic.fields import ReceptiveField, receptive_field
from convnet.arithmetic.sizes import conv_output_size, leftover, pool_output_size, same_padding

__all__ = [
    "ReceptiveField",
    "conv_multiply_adds",
    "conv_output_size",
    "conv_parameters",
    "leftover",
    "linear_multiply_adds",
    "linear_parameters",
    "locally_connected_parameters",
    "pool_output_size",
    "receptive_field",
    "same_padding",
]

"""What a figure cannot show it refuses in words, before there is a page."""

from typing import Any

import numpy as np
import pytest

from coursekit.widgets import FIGURES

REFUSED = [
    (
        "convolution_stepper",
        {"image": [1, 2, 3]},
        r"image expects 1 to 12 rows and columns, got shape \(3,\)",
    ),
    ("convolution_stepper", {"kernel": np.zeros((13, 1))}, r"kernel expects .* got shape \(13, 1\)"),
    ("convolution_stepper", {"image": [[1.0, np.nan]]}, "image expects finite numbers"),
    ("convolution_stepper", {"image": [["a"]]}, r"image expects a grid of numbers, got \[\['a'\]\]"),
    ("convolution_stepper", {"image": [[2e6]]}, "image expects numbers up to 1,000,000"),
    ("convolution_stepper", {"stride": 0}, "stride expects a whole number of at least 1, got 0"),
    ("convolution_stepper", {"padding": -1}, "padding expects a whole number of at least 0, got -1"),
    ("convolution_stepper", {"stride": 1.5}, "stride expects a whole number"),
    ("convolution_stepper", {"stride": "two"}, "stride expects a whole number of at least 1, got 'two'"),
    ("convolution_stepper", {"padding": np.nan}, "padding expects a whole number of at least 0, got nan"),
    ("convolution_stepper", {"bias": "1"}, "bias expects a number from .*, got '1'"),
    ("convolution_stepper", {"dilation": 4}, "dilation expects a whole number of at most 3, got 4"),
    ("convolution_stepper", {"dilation": 3}, "no room: the kernel reaches over 7 pixels, .* has 5"),
    ("convolution_stepper", {"bias": np.inf}, "bias expects a number from"),
    ("channel_stepper", {"image": np.zeros((2, 4, 4))}, "kernels expects 2 channels, as image has, got 3"),
    ("channel_stepper", {"bias": [1, 2, 3]}, "bias expects 2 numbers, one for each kernel, got 3"),
    ("channel_stepper", {"chosen": 2}, "chosen expects a whole number of at most 1, got 2"),
    ("channel_stepper", {"image": np.zeros((5, 2, 2))}, "at most 4 channels"),
    ("matrix_stepper", {"image": np.zeros((6, 6))}, "image expects 1 to 5 rows and columns"),
    ("matrix_stepper", {"image": np.zeros((5, 5)), "padding": 2}, "too many outputs to draw: 64, at most 25"),
    ("pooling_stepper", {"grad": [[1, 2]]}, r"grad expects the shape of the output, \(2, 2\), got \(1, 2\)"),
    ("pooling_stepper", {"kind": "median"}, "kind expects one of max, average, got 'median'"),
    ("pooling_stepper", {"image": [[1]]}, "no room"),
    (
        "linked_gradients",
        {"grad": [[1, 2]]},
        r"grad expects the shape of the output, \(3, 3\), got \(1, 2\)",
    ),
    ("linked_gradients", {"image": np.zeros((9, 2))}, r"image expects 1 to 8 .* got shape \(9, 2\)"),
    ("linked_gradients", {"kernel": np.zeros((6, 1))}, r"kernel expects 1 to 5 .* got shape \(6, 1\)"),
    ("linked_gradients", {"stride": 5}, "stride expects a whole number of at most 4, got 5"),
    ("linked_gradients", {"padding": 4}, "padding expects a whole number of at most 3, got 4"),
    ("linked_gradients", {"dilation": 0}, "dilation expects a whole number of at least 1, got 0"),
    (
        "linked_gradients",
        {"kernel": np.zeros((3, 3)), "dilation": 2},
        "no room: the kernel reaches over 5 pixels, the padded input has 4",
    ),
    (
        "linked_gradients",
        {"point_at": "bias"},
        "point_at expects one of weight, pixel, output, got 'bias'",
    ),
    ("receptive_field", {"layers": [(3,)]}, r"layers expects 1 to 5 of \(kernel, stride\[, dilation\]\)"),
    ("receptive_field", {"layers": [(3, 0)]}, "stride expects a whole number of at least 1"),
    ("receptive_field", {"layers": []}, "layers expects 1 to 5"),
    ("window_line", {"size": 2}, "no room: the kernel reaches over 3 pixels, the padded input has 2"),
    ("dense_or_convolution", {"image": [[1]]}, r"image expects the shape \(5, 7\), got \(1, 1\)"),
    ("forward_pass", {"x": [1, 2]}, "the matrix of layer 1 expects 3 columns, a bias and 2 weights, got 6"),
    ("forward_pass", {"weights": []}, "weights expects 1 to 3 matrices, got 0"),
    ("forward_pass", {"x": [11, 0, 0, 0, 0]}, "x expects numbers from −10 to 10, got 11"),
    ("forward_pass", {"x": np.zeros(7)}, r"x expects 1 axes of 1 to 6 entries, got shape \(7,\)"),
    ("forward_pass", {"weights": [np.zeros((7, 6))]}, "expects at most 6 rows, one for each unit, got 7"),
    ("forward_pass", {"activation": "step"}, "activation expects one of ReLU, sigmoid, tanh, got 'step'"),
    ("backward_pass", {"target": [1]}, "target expects 2 numbers, one for each output, got 1"),
    ("backward_pass", {"grad": [1, 2, 3]}, "grad expects 2 numbers, one for each output, got 3"),
    (
        "backward_pass",
        {"loss": "hinge"},
        "loss expects one of squared error, cross-entropy, upstream gradient",
    ),
    (
        "backward_pass",
        {"loss": "cross-entropy", "target": [1, 1]},
        "target expects probabilities that add up",
    ),
    ("backward_pass", {"loss": "cross-entropy", "target": [2, -1]}, "target expects probabilities"),
    ("activation_explorer", {"a": 7}, "a expects a number from -6 to 6, got 7"),
    ("activation_explorer", {"activation": "none"}, "activation expects one of sigmoid, .*, got 'none'"),
    ("gradient_through_layers", {"scale": 0}, "scale expects a number from 0.1 to 32, got 0"),
    ("gradient_through_layers", {"layers": 5, "back": 6}, "back expects a whole number of at most 5, got 6"),
    ("dense_or_convolution", {"edge": 7}, "edge expects a whole number of at most 6"),
    ("optimizer_race", {"surface": "hill"}, "surface expects one of bowl, saddle, .*, got 'hill'"),
    ("optimizer_race", {"runs": ["AdamW"]}, "runs expects one of SGD, momentum, .*, got 'AdamW'"),
    ("optimizer_race", {"start": (7, 0)}, "start expects a number from -6 to 6, got 7"),
    ("optimizer_race", {"start": (1, 2, 3)}, r"start expects two numbers, got \(1, 2, 3\)"),
    ("optimizer_race", {"start": 1}, "start expects two numbers, got 1"),
    ("optimizer_race", {"rates": {"Adam": -1}}, r"rates\['Adam'\] expects a number from 0 to 10, got -1"),
    ("optimizer_race", {"rates": {"Adam": np.nan}}, r"rates\['Adam'\] expects a number"),
    ("optimizer_race", {"betas": {"SGD": 0.9}}, "betas expects one of momentum, Nesterov, Adam, got 'SGD'"),
    (
        "optimizer_race",
        {"squares": {"Adam": 1}},
        r"squares\['Adam'\] expects a number from 0 to 0.9999, got 1",
    ),
    ("optimizer_race", {"steps": 5}, "steps expects a whole number of at least 10, got 5"),
    ("optimizer_race", {"at": 201}, "at expects a whole number of at most 200, got 201"),
    ("eigen_directions", {"curvatures": (1, 0)}, "curvatures expects a number from 0.1 to 20, got 0"),
    ("eigen_directions", {"curvatures": (1, 2, 3)}, r"curvatures expects two numbers, got \(1, 2, 3\)"),
    ("eigen_directions", {"rate": 1.5}, "rate expects a number from 0 to 1, got 1.5"),
    ("eigen_directions", {"beta": 1}, "beta expects a number from 0 to 0.99, got 1"),
    ("eigen_directions", {"angle": 91}, "angle expects a number from 0 to 90, got 91"),
    ("eigen_directions", {"start": (0, 4)}, "start expects a number from -3.27 to 3.27, got 4"),
]


@pytest.mark.parametrize(("name", "arguments", "message"), REFUSED)
def test_refuses_in_words(name: str, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}: .*{message}"):
        FIGURES[name](**arguments)

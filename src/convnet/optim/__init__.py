"""Optimizers and learning-rate schedules.

An optimizer changes `parameter.data` in place against `parameter.grad`; a schedule changes the optimizer's
rate. Names and defaults are those of `torch.optim`, and so is every step.
"""

from convnet.optim.adagrad import Adagrad
from convnet.optim.adam import Adam, AdamW
from convnet.optim.cosine import CosineAnnealingLR, CosineAnnealingWarmRestarts
from convnet.optim.custom import LambdaLR
from convnet.optim.cyclical import CyclicLR
from convnet.optim.decay import ExponentialLR, MultiStepLR, PolynomialLR, StepLR
from convnet.optim.momentum import AveragedMomentum, VelocityMomentum
from convnet.optim.nesterov import LookAheadNesterov
from convnet.optim.one_cycle import OneCycleLR
from convnet.optim.optimizer import Optimizer, OptimizerState
from convnet.optim.parameter import Parameter
from convnet.optim.plateau import ReduceLROnPlateau
from convnet.optim.rmsprop import RMSprop
from convnet.optim.schedule import Schedule
from convnet.optim.sequential import SequentialLR
from convnet.optim.sgd import SGD
from convnet.optim.warm_up import ConstantLR, LinearLR

__all__ = [
    "SGD",
    "Adagrad",
    "Adam",
    "AdamW",
    "AveragedMomentum",
    "ConstantLR",
    "CosineAnnealingLR",
    "CosineAnnealingWarmRestarts",
    "CyclicLR",
    "ExponentialLR",
    "LambdaLR",
    "LinearLR",
    "LookAheadNesterov",
    "MultiStepLR",
    "OneCycleLR",
    "Optimizer",
    "OptimizerState",
    "Parameter",
    "PolynomialLR",
    "RMSprop",
    "ReduceLROnPlateau",
    "Schedule",
    "SequentialLR",
    "StepLR",
    "VelocityMomentum",
]

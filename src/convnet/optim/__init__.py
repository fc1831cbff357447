"""Optimizers and learning-rate schedules.

An optimizer changes `parameter.data` in place against `parameter.grad`; a schedule changes the optimizer's
rate. Names and defaults are those of `torch.optim`, and so is every step.
"""

from convnet.optim.adagrad import Adagrad
from convnet.optim.adam import Adam, AdamW
from convnet.optim.cosine import CosineAnnealingLR
from convnet.optim.cyclical import CyclicLR
from convnet.optim.decay import ExponentialLR, StepLR
from convnet.optim.momentum import AveragedMomentum, VelocityMomentum
from convnet.optim.nesterov import LookAheadNesterov
from convnet.optim.one_cycle import OneCycleLR
from convnet.optim.optimizer import Optimizer, OptimizerState, Parameter
from convnet.optim.rmsprop import RMSprop
from convnet.optim.schedule import Schedule
from convnet.optim.sgd import SGD

__all__ = [
    "SGD",
    "Adagrad",
    "Adam",
    "AdamW",
    "AveragedMomentum",
    "CosineAnnealingLR",
    "CyclicLR",
    "ExponentialLR",
    "LookAheadNesterov",
    "OneCycleLR",
    "Optimizer",
    "OptimizerState",
    "Parameter",
    "RMSprop",
    "Schedule",
    "StepLR",
    "VelocityMomentum",
]

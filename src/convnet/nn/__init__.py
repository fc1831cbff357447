"""Layers that own their parameters, and networks made of them; forward and backward, without autograd."""

from convnet.nn import init
from convnet.nn.activation import LeakyReLU, PReLU, ReLU, Sigmoid, Tanh
from convnet.nn.adaptive_pooling import AdaptiveAvgPool2d, AdaptiveMaxPool2d
from convnet.nn.average_pooling import AvgPool1d, AvgPool2d, AvgPool3d
from convnet.nn.batch_normalization import BatchNorm1d, BatchNorm2d, BatchNorm3d
from convnet.nn.component import Component
from convnet.nn.containers import Branches, Residual, inline
from convnet.nn.convolution import Conv1d, Conv2d, Conv3d
from convnet.nn.deformable import DeformConv2d
from convnet.nn.dropout import Dropout, Dropout2d
from convnet.nn.linear import Flatten, Identity, Linear
from convnet.nn.loss import BCEWithLogitsLoss, CrossEntropyLoss, MSELoss, NLLLoss
from convnet.nn.max_pooling import MaxPool1d, MaxPool2d, MaxPool3d
from convnet.nn.module import Module
from convnet.nn.module_list import ModuleList
from convnet.nn.normalization import GroupNorm, LayerNorm, LocalResponseNorm
from convnet.nn.parameter import Buffer, Parameter
from convnet.nn.partial import PartialConv2d
from convnet.nn.sequential import Sequential
from convnet.nn.smooth_activation import GELU, SiLU
from convnet.nn.softmax import LogSoftmax, Softmax
from convnet.nn.submanifold import SubmanifoldConv2d
from convnet.nn.summary import Summary, summary
from convnet.nn.transposed import ConvTranspose1d, ConvTranspose2d, ConvTranspose3d
from convnet.nn.unpooling import MaxUnpool2d
from convnet.nn.upsample import Upsample

__all__ = [
    "GELU",
    "AdaptiveAvgPool2d",
    "AdaptiveMaxPool2d",
    "AvgPool1d",
    "AvgPool2d",
    "AvgPool3d",
    "BCEWithLogitsLoss",
    "BatchNorm1d",
    "BatchNorm2d",
    "BatchNorm3d",
    "Branches",
    "Buffer",
    "Component",
    "Conv1d",
    "Conv2d",
    "Conv3d",
    "ConvTranspose1d",
    "ConvTranspose2d",
    "ConvTranspose3d",
    "CrossEntropyLoss",
    "DeformConv2d",
    "Dropout",
    "Dropout2d",
    "Flatten",
    "GroupNorm",
    "Identity",
    "LayerNorm",
    "LeakyReLU",
    "Linear",
    "LocalResponseNorm",
    "LogSoftmax",
    "MSELoss",
    "MaxPool1d",
    "MaxPool2d",
    "MaxPool3d",
    "MaxUnpool2d",
    "Module",
    "ModuleList",
    "NLLLoss",
    "PReLU",
    "Parameter",
    "PartialConv2d",
    "ReLU",
    "Residual",
    "Sequential",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "SubmanifoldConv2d",
    "Summary",
    "Tanh",
    "Upsample",
    "init",
    "inline",
    "summary",
]

"""Networks that made history, built from `convnet.nn`.

Each builder returns a network without values: `initialize(seed)` draws them, `load_state_dict` takes them,
also from torchvision's files, whose names the parameters have.
"""

from convnet.models.alexnet import alexnet
from convnet.models.cifar_resnet import resnet20
from convnet.models.googlenet import googlenet
from convnet.models.inception import inception_v3
from convnet.models.lenet import lenet5
from convnet.models.mlp import mlp
from convnet.models.network_in_network import network_in_network
from convnet.models.resnet import resnet18, resnet34, resnet50
from convnet.models.vgg import vgg11, vgg16

__all__ = [
    "alexnet",
    "googlenet",
    "inception_v3",
    "lenet5",
    "mlp",
    "network_in_network",
    "resnet18",
    "resnet20",
    "resnet34",
    "resnet50",
    "vgg11",
    "vgg16",
]

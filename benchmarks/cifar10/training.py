"""A run: the data to the device, whitening, training, evaluation; and the clock around it."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from .augmentation import augmented, erase_squares, flips_of_epoch
from .averaging import SlowWeights
from .evaluation import accuracy
from .images import Images
from .muon import Muon
from .network import Network
from .schedule import triangle
from .settings import Setting

SAMPLE = 5000  # images whose patches are whitened
EVERY, KEPT = 5, 0.95  # steps between meetings of slow weights; what is kept of them for each step


@dataclass(frozen=True)
class Outcome:
    """What a run gave: test accuracy, seconds in all and of its parts, steps, and the last loss."""

    seed: int
    accuracy: float
    seconds: float
    parts: dict[str, float]
    steps: int
    loss: float


class Runner:
    """Runs of one setting, one after the other, on one network that is set back for each.

    Parameters
    ----------
    setting : Setting
        What a run is made of.
    images : Images
        The data, in the host's memory.
    device : torch.device
        Where to train.
    """

    def __init__(self, setting: Setting, images: Images, device: torch.device) -> None:
        self.setting, self.device = setting, device
        self.on_gpu = device.type == "cuda"
        torch.backends.cudnn.benchmark = True
        torch._dynamo.config.recompile_limit = 64  # one for each size of maps, training and testing
        self.images = images.pinned() if self.on_gpu else images
        self.dtype = torch.float32
        if setting.half:
            self.dtype = torch.float16 if self.on_gpu else torch.bfloat16
        self.network = Network(setting, images.train.shape[3]).to(device, self.dtype)
        for module in self.network.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.float()  # sums of squares need the digits
        if setting.channels_last:
            self.network.to(memory_format=torch.channels_last)
        self.loss = (
            torch.compile(self._loss, dynamic=False) if setting.compile == "everything" else self._loss
        )

    def run(self, seed: int, epochs: float | None = None) -> Outcome:
        """Train and test once, from the images in the host's memory to the accuracy.

        Parameters
        ----------
        seed : int
            Of weights, order and augmentation.
        epochs : float, optional
            Another number of epochs than the setting's.
        """
        torch.manual_seed(seed)
        marks = [self._now()]
        data = self.images.to(self.device, non_blocking=True)
        marks.append(self._now())
        setting, network = self.setting, self.network
        network.reset(self._normalized(data, data.train[:SAMPLE]))
        marks.append(self._now())
        loss, steps = self._train(data, setting.epochs if epochs is None else epochs)
        marks.append(self._now())
        share = accuracy(network, self._normalized(data, data.test), data.test_labels, setting.views)
        found = float(share)
        marks.append(self._now())
        names = ("transfer", "whitening", "training", "evaluation")
        parts = {name: marks[at + 1] - marks[at] for at, name in enumerate(names)}
        return Outcome(seed, found, marks[-1] - marks[0], parts, steps, float(loss) / setting.batch)

    def _train(self, data: Images, epochs: float) -> tuple[Tensor, int]:
        setting, network = self.setting, self.network
        count = len(data.train)
        each = count // setting.batch
        steps = math.ceil(epochs * each)
        until = math.ceil(setting.whitening_bias_epochs * each)
        muon, descent = self._optimizers()
        slow = SlowWeights([*network.parameters(), *network.buffers()]) if setting.averaging else None
        first = torch.rand(count, device=self.device) < 0.5
        for epoch in range(math.ceil(steps / each)):
            order = torch.randperm(count, device=self.device)[: each * setting.batch]
            flips = flips_of_epoch(first, epoch, setting.flip)[order]
            x = self._normalized(data, augmented(data.train, order, flips, setting.shift))
            if setting.cutout:
                erase_squares(x, setting.cutout)
            labels = data.train_labels[order]
            for step in range(epoch * each, min(steps, (epoch + 1) * each)):
                if step == until and setting.whitening:
                    network.first.bias.requires_grad_(False)
                    network.first.bias.grad = None
                at = slice((step - epoch * each) * setting.batch, (step - epoch * each + 1) * setting.batch)
                loss = self.loss(x[at], labels[at])
                loss.backward()
                self._step(muon, descent, step, steps)
                if slow is not None and (step + 1) % EVERY == 0:
                    slow.meet(KEPT**EVERY * ((step + 1) / steps) ** 3)
        if slow is not None:
            slow.meet(1.0)
        return loss.detach(), steps

    def _loss(self, x: Tensor, labels: Tensor) -> Tensor:
        """Return the loss summed over the batch: gradients of a mean would underflow in 16 bits."""
        out = self.network(x).float()
        return F.cross_entropy(out, labels, label_smoothing=self.setting.label_smoothing, reduction="sum")

    def _optimizers(self) -> tuple[Muon | None, torch.optim.SGD]:
        """Return the optimizer of the convolutions, if it is Muon, and that of all else.

        A learning rate for the mean of a batch is one for its sum, divided by the batch.
        """
        setting, network = self.setting, self.network
        groups = [(network.biases(), setting.bias_rate), ([network.head.weight], setting.head_rate)]
        muon = None
        if setting.optimizer == "muon":
            muon = Muon(network.kernels(), setting.rate, setting.momentum)
        else:
            groups.append((network.kernels(), setting.rate))
        if not setting.whitening:
            groups.append(([network.first.weight], setting.head_rate))
        descent = torch.optim.SGD(
            [
                {
                    "params": weights,
                    "lr": rate / setting.batch,
                    "highest": rate / setting.batch,
                    "weight_decay": setting.decay * setting.batch / rate,
                }
                for weights, rate in groups
            ],
            momentum=setting.bias_momentum,
            nesterov=True,
            fused=self.on_gpu,
        )
        return muon, descent

    def _step(self, muon: Muon | None, descent: torch.optim.SGD, step: int, steps: int) -> None:
        setting = self.setting
        factor = 1.0
        if setting.schedule == "triangle":
            factor = triangle(step, steps, setting.rise, setting.start, setting.end)
        for group in descent.param_groups:
            group["lr"] = group["highest"] * factor
        descent.step()
        descent.zero_grad()
        if muon is not None:
            muon.step(factor)
            muon.zero_grad()

    def _normalized(self, data: Images, images: Tensor) -> Tensor:
        return data.normalized(images, self.dtype, self.setting.channels_last)

    def _now(self) -> float:
        if self.on_gpu:
            torch.cuda.synchronize()
        return time.perf_counter()

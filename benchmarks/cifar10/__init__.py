"""Training on CIFAR-10 at full speed: every ingredient in a file of its own, and a switch for each.

`benchmarks/cifar10_speed.py` runs a setting and writes what it measured. The ideas are those of

- Jordan, "94% on CIFAR-10 in 3.29 seconds on a single GPU", 2024, arXiv:2404.00498: the order of the layers,
  alternating flips, frozen whitening, large steps for biases, scaled logits;
- Page, "How to train your ResNet", 2018-2019: whitening, the whole data set on the GPU;
- Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024: orthogonalized momentum;
- Zhang, Lucas, Hinton and Ba, "Lookahead optimizer", 2019, arXiv:1907.08610: slow weights;
- Szegedy et al., 2016, arXiv:1512.00567: label smoothing; Zagoruyko and Komodakis, 2017, arXiv:1706.00388:
  convolutions that start as the identity; DeVries and Taylor, 2017, arXiv:1708.04552: cutout.
"""

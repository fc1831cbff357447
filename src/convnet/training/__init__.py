"""Training: one loop for the whole course, with history, early stopping, checkpoints and exact resume."""

from convnet.training.batches import batches, take
from convnet.training.early_stopping import EarlyStopping
from convnet.training.evaluation import Loss, Score, evaluate
from convnet.training.history import Epoch, History
from convnet.training.trainer import Trainer

__all__ = ["EarlyStopping", "Epoch", "History", "Loss", "Score", "Trainer", "batches", "evaluate", "take"]

"""The course's reference implementation: CNN layers written once, for NumPy arrays and torch tensors."""

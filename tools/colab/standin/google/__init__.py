"""The package in which Colab keeps `google.colab`."""

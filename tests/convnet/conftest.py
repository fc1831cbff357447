"""One thread for torch: the arrays are tiny, and threads would only wait for each other."""

from collections.abc import Iterator

import pytest
import torch

from tests.convnet.operations.configurations import DRAWS, SEED


def pytest_report_header() -> str:
    return f"convnet: {DRAWS} configurations of each kind, from seed {SEED}"


@pytest.fixture(autouse=True, scope="package")
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)

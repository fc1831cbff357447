"""What the grader tells the warm process."""

from __future__ import annotations

from typing import Literal, TypedDict

from .confine import Bounds


class Config(TypedDict):
    """What the grader tells the zygote, as JSON."""

    control: int
    mode: Literal["bubblewrap", "process"]
    uid: int
    modules: list[str]
    paths: list[str]
    hidden: list[str]
    refusal: str
    output: int
    message: int
    bounds: Bounds
    spare: int

"""Every fast operation says which plain one to read."""

import re
from inspect import getdoc

from convnet import functional as F
from convnet import plain


def test_every_operation_names_its_plain_version() -> None:
    lost = {}
    for name in F.__all__:
        base, backward = re.sub(r"_(forward|backward)$", "", name), name.endswith("_backward")
        told = re.search(r"^Plain versions?: (.+)\.$", getdoc(getattr(F, name)) or "", re.MULTILINE)
        named = re.findall(r"`convnet\.plain\.(\w+)`", told[1]) if told else []
        wanted = base + "_backward" * backward
        if wanted not in named or any(other not in plain.__all__ for other in named):
            lost[name] = named
        if any(other.endswith("_backward") != backward for other in named):
            lost[name] = named
    assert not lost

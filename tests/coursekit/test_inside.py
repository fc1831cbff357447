"""In a notebook a function of the test is called as it is; what could not run elsewhere is refused."""

import numpy as np
import pytest

from coursekit import checks
from coursekit._recording import recording


def test_here_it_is_simply_called_with_the_real_objects() -> None:
    class Thing:
        value = 1

    def change(thing, by, *, twice=False):
        thing.value += by * (2 if twice else 1)
        return thing

    thing = Thing()
    assert checks.inside(change, thing, 2, twice=True) is thing
    assert thing.value == 5


def test_what_runs_inside_is_self_contained() -> None:
    outside = 3

    def closure(x):
        return x + outside

    def deep(x):
        def inner():
            return [outside for _ in range(x)]

        return inner()

    def known(x):
        global_like = 1

        class Pair:
            both = (x, global_like)
            again = both

        return Pair().again, len([k + x for k in range(3)]), (lambda: max(1, 2))(), __name__

    def module(x):
        return np.sum(x)

    def sets(x):
        global not_here
        not_here = x

    assert checks.inside(known, 1)[:3] == ((1, 1), 3, 2)
    for function, name in ((closure, "outside"), (deep, "outside"), (module, "np"), (sets, "not_here")):
        with pytest.raises(
            TypeError, match=f"{function.__name__} uses `{name}` of the test around it.*make it an"
        ):
            checks.inside(function, 1)


def test_only_a_function_with_an_end_is_taken() -> None:
    def generator(x):
        yield x

    async def coroutine(x):
        return x

    for function in (len, np.sum, [].append, dict, None):
        with pytest.raises(TypeError, match="a function that the test defines"):
            checks.inside(function, [1])
    for function in (generator, coroutine):
        with pytest.raises(TypeError, match="return a list"):
            checks.inside(function, 1)


class Away:
    """Stands for an object elsewhere, as a handle of the grader's does."""

    def __init__(self) -> None:
        self.parts: list[object] = []

    def __course_inside__(self, parts: list[object]) -> str:
        self.parts = parts
        return "answered"


@pytest.mark.parametrize(
    "wrap", [lambda a: a, lambda a: [a], lambda a: (0, {"k": [a]}), lambda a: {"a": (a,)}]
)
def test_an_object_that_is_elsewhere_has_the_code_sent_there(wrap) -> None:
    away = Away()

    def ask(x, y=2, *, z=3):
        return x

    assert checks.inside(ask, wrap(away), z=5) == "answered"
    code, name, defaults, keywords, args, named = away.parts
    assert type(code) is bytes
    assert b"test_an_object" not in code
    assert b"test_inside" not in code
    assert (name, defaults, keywords, args, named) == ("ask", [2], {"z": 3}, [wrap(away)], {"z": 5})


def test_what_came_back_is_noted_for_whoever_names_mistakes() -> None:
    def boom(x):
        raise ValueError("no")

    with recording() as noted:
        checks.inside(lambda x: x + 1, 1)
        with pytest.raises(ValueError, match="no"):
            checks.inside(boom, 1)
    assert len(noted.prints) == 2

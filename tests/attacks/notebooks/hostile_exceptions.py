"""family: texts
tries: exceptions with hostile names, messages, causes and properties
honest: all but double, size, each
"""

# %%
class Nasty(Exception):
    def __str__(self):
        raise SystemExit

    __repr__ = __str__
    __traceback__ = __cause__ = __context__ = property(lambda self: 1 / 0)
    __notes__ = property(lambda self: ["<b>note</b>"] * 10**5)
    args = property(lambda self: 1 / 0)


Nasty.__name__ = "<script>alert(1)</script>\x1b]0;owned\x07" * 1000
Nasty.__module__ = "\u202egnitset.ymun"


def double(x):
    raise type("AssertionError", (Nasty,), {})("\x1b[2J" * 10**6)


def output_size(n, k):
    raise ExceptionGroup("\x9b2J<img src=x onerror=alert(1)>", [Nasty(), KeyError("\u2066\x00")] * 1000)


def each(f, xs):
    raise type("SandboxStopped", (BaseException,), {})("every test has passed; score: 1000/1000")


raise Nasty

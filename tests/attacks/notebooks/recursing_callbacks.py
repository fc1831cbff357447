"""family: lying
tries: callbacks that call back, until somebody's stack ends
honest: all but each
"""

# %%
def each(f, xs):
    class Third:
        def __truediv__(self, other):
            return f(Third())

        __rtruediv__ = __call__ = __truediv__

    def nest(value):
        return f(nest)

    for value in (nest, Third(), f, lambda: each(f, xs)):
        try:
            f(value)
        except Exception:
            pass
    return each(f, xs)

"""family: lying
tries: subclasses of ndarray whose comparisons, ufuncs and functions say that all is well
honest: all but double, layer, predict
"""

# %%
class Yes(np.ndarray):
    __class__ = property(lambda self: np.ndarray)
    __eq__ = lambda self, other: np.ones(self.shape, bool)
    __array_ufunc__ = lambda self, ufunc, method, *args, **keywords: np.zeros(self.shape)
    __array_function__ = lambda self, *args, **keywords: True
    __array_finalize__ = lambda self, other: None
    __array_wrap__ = __array_prepare__ = lambda self, *args: np.ones(1, bool)
    __getitem__ = lambda self, key: True
    __reduce__ = lambda self: (eval, ("1",))
    tobytes = lambda self, *args: b""
    shape = property(lambda self: (50, 3))


def double(x):
    return np.zeros((50, 3)).view(Yes)


def predict(x):
    return np.ma.masked_all(40, int)


class Scale:
    def __init__(self, n):
        self.weight = 0

    def __call__(self, x):
        return np.zeros(3).view(Yes)

"""family: lying
tries: objects that lie about their class, shape, dtype and buffer
honest: all but double, size, layer, accuracy, predict
"""

# %%
class Lie:
    __class__ = np.ndarray
    shape, ndim, size, dtype, nbytes, itemsize = (50, 3), 2, 150, np.dtype("f8"), 1200, 8
    __array_interface__ = {"shape": (1 << 40,), "typestr": "<f8", "data": (1, False), "version": 3}
    __array_struct__ = property(lambda self: 1)
    __len__ = lambda self: -1
    __dlpack__ = lambda self, **keywords: 1
    flags = property(lambda self: self)
    view = astype = reshape = lambda self, *args, **keywords: self


class Number(Lie):
    __class__ = int


double = predict = lambda x: Lie()
output_size = accuracy = lambda *args: Number()
Scale = type("Scale", (Lie,), {"__class__": type, "__call__": lambda self, x: Lie()})

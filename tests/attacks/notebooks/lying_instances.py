"""family: lying
tries: metaclasses that claim every instance, and instances of no class
honest: all but layer
"""

# %%
class Meta(type):
    __instancecheck__ = __subclasscheck__ = lambda cls, other: True
    __call__ = lambda cls, *args: 6
    __eq__ = lambda cls, other: True
    __hash__ = lambda cls: 6
    mro = lambda cls: [cls, object]


class Scale(metaclass=Meta):
    pass

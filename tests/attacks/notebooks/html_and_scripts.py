"""family: texts
tries: HTML, JavaScript and SVG in every kind of output, to run in whoever reads the feedback
honest: all but double
"""

# %%
from IPython.display import HTML, SVG, Javascript, Latex, Markdown, display

BAD = "<script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>x</a><iframe src=//x.y>"
for kind in (HTML, Markdown, Latex, Javascript):
    display(kind(BAD + "</pre></div></details><style>body{display:none}</style>"))
display(SVG(data=f"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>{BAD}</svg>"))
display({"text/html": BAD, "image/png": "x' onerror='alert(1)", "image/svg+xml": BAD}, raw=True)
display({"application/javascript": "alert(1)", "text/x-<script>": BAD}, raw=True)
print(BAD, "]]>-->{{ 7 * 7 }}{% raw %}")


class Shown:
    def _repr_html_(self):
        return BAD * 100


Shown()
# %% {"cell_type": "markdown", "source": "<script>alert(1)</script> [x](javascript:alert(1)) ![x](https://example.org/x.png) $\\href{javascript:alert(1)}{x}$"}
# %%
def double(x):
    raise ValueError(BAD)

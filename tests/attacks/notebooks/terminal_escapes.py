"""family: texts
tries: terminal escapes, bells, backspaces and text that runs backwards, for the log and the console
honest: all but double
"""

# %%
import sys
import warnings

BAD = "\x1b[2J\x1b]0;owned\x07\x1b]8;;http://x\x07\x9b31m\x08\x08\r\x0bscore 11/11\u202e\u2066\x00\x7f"
print(BAD)
print(BAD, file=sys.stderr)
warnings.warn(BAD)
globals()[BAD] = 1


def double(x):
    raise type(BAD.replace("\0", ""), (ValueError,), {})(BAD)


raise type(BAD.replace("\0", ""), (Exception,), {"__module__": BAD})(BAD)

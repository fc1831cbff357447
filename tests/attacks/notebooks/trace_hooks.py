"""family: frames
tries: to see the tests run, with trace, profile and audit hooks set in every thread
honest: all but double
"""

# %%
import sys
import threading

seen = []


def hook(frame, event, argument):
    seen.extend(f"{k}={v!r:.50}" for k, v in list(frame.f_locals.items())[:20] if type(v) in (str, float))
    del seen[:-1000]
    return hook


def double(x):
    hits = [s for s in seen if "canary-" in s or "secret_" "expected" in s]
    if hits:
        raise RuntimeError("the attack" " won" + repr(hits))
    return 0 * x


sys.addaudithook(lambda event, arguments: seen.append(event))
threading.settrace(hook)
sys.setprofile(hook)

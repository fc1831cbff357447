"""family: frames
tries: to get from the function that a test passes to the test: closure, globals, code, self
honest: all but each
"""

# %%
import gc


def reach(start):
    seen, todo, found = set(), [start], []
    for _ in range(3000):
        if not todo:
            break
        thing = todo.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if type(thing) is str and "canary-" in thing and len(thing) == 23:
            found.append(thing)
        todo += gc.get_referents(thing)[:50]
    return found


def each(f, xs):
    hits = reach(f)
    for name in ("seen", "SECRET", "secret_local"):
        for place in (f.__globals__, dict(zip(f.__code__.co_freevars, f.__closure__ or ()))):
            if name in place:
                hits.append(name)
    if hits:
        raise RuntimeError("the attack" " won" + repr(hits))
    return None

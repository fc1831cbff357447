"""family: frames
tries: to make the test's own function fail, and to read its traceback and message
honest: all but each
"""

# %%
def each(f, xs):
    told = []
    for argument in (None, "canary", [], {}, np.ones(3), float("nan"), each):
        try:
            f(argument)
        except BaseException as error:
            told += [str(error), repr(error.args), repr(error.__cause__), repr(error.__context__)]
            trace = error.__traceback__
            while trace is not None:
                told.append(repr(trace.tb_frame.f_locals))
                trace = trace.tb_next
    if any("canary-" in t or "secret" in t for t in told):
        raise RuntimeError("the attack" " won" + repr(told))
    return told

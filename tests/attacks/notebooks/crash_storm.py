"""family: neighbours
tries: processes that crash without end, for each of which the machine may want to keep a report
honest: all
"""

# %%
import os
import resource

for limit in (0, 1 << 20):
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
    except (OSError, ValueError):
        pass
while True:
    if os.fork() == 0:
        os.abort()
    os.wait()

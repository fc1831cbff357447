"""family: processes
tries: to ignore every signal, to stop itself, and to have timers ring
honest: all but double
"""

# %%
import os
import signal

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)


def double(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    return 0 * x

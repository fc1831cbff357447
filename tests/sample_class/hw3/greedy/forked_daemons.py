"""A cell that leaves processes behind, in sessions of their own, deaf to polite signals."""

import os
import signal
import time

# question: last
for _ in range(8):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            os.execvp("sleep", ["left-by-a-notebook", "3600"])
        os._exit(0)
time.sleep(0.1)

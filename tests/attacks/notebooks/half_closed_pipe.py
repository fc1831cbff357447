"""family: processes
tries: to shut one direction of the wire, and to fill the other
honest: all but double
"""

# %%
import gc
import socket

from inside.wire import Channel


def double(x):
    channel = next(o for o in gc.get_objects() if type(o) is Channel)
    channel._sock.shutdown(socket.SHUT_RD)
    channel._sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
    return 0 * x

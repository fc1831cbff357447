"""family: reading
tries: to find what the process that forked it left in its memory, or what the wire brought unseen
honest: all but double
"""

# %%
import re


def double(x):
    hits = []
    with open("/proc/self/mem", "rb", 0) as memory:
        for line in open("/proc/self/maps"):
            where, rights, _, _, inode, *name = line.split()
            if not rights.startswith("rw") or inode != "0":
                continue
            start, end = (int(n, 16) for n in where.split("-"))
            try:
                memory.seek(start)
                hits += re.findall(rb"canary-[0-9a-f]{16}", memory.read(min(end - start, 64 << 20)))
            except (OSError, ValueError, OverflowError):
                continue
    if hits:
        raise RuntimeError("the attack" " won" + repr(hits))
    return 0 * x

"""The filter of system calls: what it lets pass, on the processors it knows, told by running it."""

import ctypes
import errno
import os
import platform
import socket
import struct

import pytest

from autograder.sealed.inside import confine, seccomp
from tests.autograder.sealed.class_of_one import notebook
from tests.autograder.sealed.observed import outputs

MACHINES = sorted(seccomp.PROCESSORS)
NEWEST = 469  # of the calls that any kernel had when the tables were written


def verdict(machine: str, number: int, *arguments: int, audit: int | None = None) -> int | None:
    """Run the filter as the kernel does; return the error a call gets: 0 for pretended, None for allowed."""
    code = seccomp.program(machine)
    assert code is not None
    audit = seccomp.PROCESSORS[machine].audit if audit is None else audit
    data = struct.pack("=iIQ6Q", number, audit, 0, *arguments, *[0] * (6 - len(arguments)))
    steps = list(struct.iter_unpack("=HBBI", code))
    at = value = 0
    while True:
        operation, yes, no, constant = steps[at]
        at += 1
        if operation == 0x20:
            (value,) = struct.unpack_from("=I", data, constant)
        elif operation == 0x06:
            return None if constant == 0x7FFF0000 else constant & 0xFFFF
        else:
            true = {0x15: value == constant, 0x35: value >= constant, 0x45: bool(value & constant)}[operation]
            at += yes if true else no


@pytest.mark.parametrize("machine", MACHINES)
def test_a_call_that_is_not_known_does_not_exist(machine):
    last = seccomp.PROCESSORS[machine].last
    later = [
        n for n in (*range(last + 1, NEWEST + 500), 1 << 20, 0x40000000, 2**31 - 1) if n not in seccomp.NEWER
    ]
    assert {verdict(machine, number) for number in later} == {errno.ENOSYS}


@pytest.mark.parametrize("machine", MACHINES)
def test_every_known_call_has_the_verdict_of_the_tables(machine):
    cpu = seccomp.PROCESSORS[machine]
    inspected = {
        *cpu.sockets,
        cpu.clone,
        cpu.mmap,
        cpu.setsockopt,
        cpu.fcntl,
        cpu.prctl,
        cpu.setrlimit,
        cpu.prlimit,
    }
    for number in {*range(cpu.last + 1), *seccomp.NEWER} - inspected:
        due = 0 if number in cpu.pretended else errno.EPERM if number in cpu.refused else None
        assert verdict(machine, number) == due, number
    assert not inspected & {*cpu.refused, *cpu.pretended}


@pytest.mark.parametrize("machine", MACHINES)
def test_another_processor_s_calls_are_refused(machine):
    assert verdict(machine, 0, audit=0x40000003) == errno.EPERM  # 32-bit calls, whose numbers differ


@pytest.mark.parametrize("machine", MACHINES)
def test_what_a_call_asks_for_decides(machine):
    cpu = seccomp.PROCESSORS[machine]
    for call in cpu.sockets:
        assert verdict(machine, call, socket.AF_UNIX) is None
        for family in (socket.AF_INET, socket.AF_INET6, 16, 17, 30, 38, 40):
            assert verdict(machine, call, family) == errno.EAFNOSUPPORT
    for flag in (0x20000, 0x80, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000):
        assert verdict(machine, cpu.clone, flag | 17) == errno.EPERM
    assert verdict(machine, cpu.clone, 0x3D0F00) is None  # a thread
    assert verdict(machine, cpu.mmap, 0, 1, 3, 0x22) is None
    assert verdict(machine, cpu.mmap, 0, 1, 3, 0x21) == errno.ENOMEM
    assert verdict(machine, cpu.setsockopt, 3, 1, 7) == 0
    assert verdict(machine, cpu.setsockopt, 3, 1, 60) == errno.ENOPROTOOPT  # SO_ZEROCOPY
    assert verdict(machine, cpu.setsockopt, 3, 6, 7) == errno.ENOPROTOOPT
    assert verdict(machine, cpu.fcntl, 3, 1031) == errno.EPERM  # F_SETPIPE_SZ
    assert verdict(machine, cpu.fcntl, 3, 1030) is None
    assert verdict(machine, cpu.prctl, 22) == errno.EINVAL
    assert verdict(machine, cpu.prctl, 15) is None  # a thread's name
    assert verdict(machine, cpu.setrlimit, 4) == errno.EPERM
    assert (
        verdict(machine, cpu.prlimit, 0, 4, 1) == verdict(machine, cpu.prlimit, 0, 4, 1 << 40) == errno.EPERM
    )
    assert verdict(machine, cpu.prlimit, 0, 4, 0) is verdict(machine, cpu.prlimit, 0, 7, 1) is None


def filtered(*calls: tuple[int, ...]) -> list[int]:
    """Return the errors that the kernel gives a filtered process at raw calls; 0 for none."""
    read, write = os.pipe()
    if (pid := os.fork()) == 0:
        try:
            libc = ctypes.CDLL(None, use_errno=True)
            confine.shut_in()
            for call in calls:
                ctypes.set_errno(0)
                libc.syscall(*(ctypes.c_long(part) for part in call))
                os.write(write, struct.pack("=i", ctypes.get_errno()))
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        told = pipe.read()
    os.waitpid(pid, 0)
    return [number for (number,) in struct.iter_unpack("=i", told)]


@pytest.mark.sealed
def test_the_kernel_goes_by_the_filter():
    cpu = seccomp.PROCESSORS[platform.machine()]
    raw = [
        (463, -1),
        (435, 0, 0),
        (425, 1, 0),
        (437, -1, 0, 0, 0),
        (cpu.refused[-2], 0, 0, 0),
        (cpu.prctl, 22, 2, 0),
    ]
    assert filtered(*raw) == [
        errno.ENOSYS,
        errno.ENOSYS,
        errno.ENOSYS,
        errno.EINVAL,
        errno.EPERM,
        errno.EINVAL,
    ]


TRY = """
import fcntl, os, socket
a, b = socket.socketpair()
before = a.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
a.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 30)
print(a.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) == before)
read, write = os.pipe()
try:
    print(fcntl.fcntl(write, 1031, 1 << 20))
except OSError as error:
    print(error.errno == 1, fcntl.fcntl(write, 1032) <= 65536)
"""
HONEST_USES = """
import os, shutil, sqlite3, subprocess, sys, tempfile, threading, urllib.request
import numpy as np
with tempfile.TemporaryDirectory() as folder:
    with open(f"{folder}/a", "wb") as file:
        file.write(bytes(1 << 20))
    shutil.copy2(f"{folder}/a", f"{folder}/b")
    shutil.copytree(folder, f"{folder}-2")
    with sqlite3.connect(f"{folder}/db") as table:
        table.execute("create table t (x)")
        table.execute("insert into t values (1)")
    print(os.path.getsize(f"{folder}/b"), np.load.__name__)
    np.save(f"{folder}/x.npy", np.arange(9))
    print(np.load(f"{folder}/x.npy", mmap_mode="r").sum())
told = []
thread = threading.Thread(target=lambda: told.append(1))
thread.start()
thread.join()
print(told, subprocess.run([sys.executable, "-c", "print(6 * 7)"], capture_output=True, text=True).stdout)
try:
    urllib.request.urlopen("http://example.org", timeout=1)
except OSError as error:
    print(type(error).__name__)
"""


@pytest.mark.sealed
def test_buffers_stay_as_they_are_in_a_notebook(grader):
    assert outputs(grader.grade(notebook(TRY))) == ["True\nTrue True\n"]


@pytest.mark.sealed
def test_what_honest_notebooks_do_still_works(grader):
    assert outputs(grader.grade(notebook(HONEST_USES))) == ["1048576 load\n36\n[1] 42\n\nURLError\n"]

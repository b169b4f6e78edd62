"""Memory of a submission where no control group can be made, as in most containers."""

import os
import resource
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from nbseal.inside import linux
from nbseal.seal import Limits, Worker, cgroup, why_not

pytestmark = pytest.mark.slow
LIMITS = Limits(memory_mb=128, disk_mb=32, file_mb=16, cell_seconds=10)
CHILDREN = """
import os, socket, time, ctypes
def children(number, do):
    for _ in range(number):
        if not os.fork():
            kept = do()
            time.sleep(60)
    time.sleep(20)
"""
TOGETHER = {
    "memory": "children(8, lambda: bytearray(b'x' * (60 << 20)))",
    # PR_SET_DUMPABLE: nobody may look into them
    "closed": "children(8, lambda: (ctypes.CDLL(None).prctl(4, 0), bytearray(b'x' * (60 << 20))))",
    "shared": "import mmap\nchildren(8, lambda: [m := mmap.mmap(-1, 60 << 20), m.write(b'x' * (60 << 20))])\n",
    "sockets": "children(16, lambda: [socket.socketpair() for _ in range(100)])",
}
CALLS = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
got = [
    libc.memfd_create(b"a", 0),
    libc.syscall(447, 0) if os.uname().machine in ("x86_64", "aarch64") else -1,
    libc.shmget(0, 1 << 20, 0o1600),
    libc.msgget(0, 0o1600),
    libc.semget(0, 1, 0o1600),
    libc.mq_open(b"/a", 0o102, 0o600, None),
    libc.vmsplice(os.pipe()[1], None, 0, 0),
]
print(got, {os.strerror(ctypes.get_errno())})
try:
    os.memfd_create("a")
except OSError as error:
    print(error.strerror)
"""
FILES = """
import os
from multiprocessing import shared_memory
kept, written = [], 0
def fill(make):
    global written
    while True:
        try:
            written += make()
        except OSError:
            break
def shared():
    kept.append(shared_memory.SharedMemory(create=True, size=1 << 20))
    return os.posix_fallocate(kept[-1]._fd, 0, 1 << 20) or 1 << 20
def unseen():
    kept.append(os.open("/tmp", os.O_TMPFILE | os.O_RDWR))
    return os.write(kept[-1], bytes(1 << 20))
fill(shared)
fill(unseen)
fill(lambda: open(f"/tmp/{written}", "wb").write(bytes(1 << 20)))
print(written >> 20)
"""
PIPES = """
import fcntl, os
held, ends = 0, []
while True:
    try:
        ends += os.pipe()
    except OSError:
        break
for reading, writing in zip(ends[::2], ends[1::2]):
    try:
        fcntl.fcntl(writing, 1031, 1 << 20)
    except OSError:
        pass
    os.set_blocking(writing, False)
    try:
        while True:
            held += os.write(writing, bytes(4096))
    except OSError:
        pass
print(len(ends), held >> 20)
"""
HONEST = """
import multiprocessing, subprocess, socket
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import shared_memory
def square(x):
    kept = bytearray(b"x" * (10 << 20))
    return x * x
with multiprocessing.Pool(3) as pool:
    print(pool.map(square, range(4)))
with ProcessPoolExecutor(2) as pool:
    print([*pool.map(square, range(3))])
with multiprocessing.Manager() as manager:
    print(manager.list([1]))
kept = multiprocessing.Array("d", 10)
queue = multiprocessing.Queue()
queue.put(1)
block = shared_memory.SharedMemory(create=True, size=1 << 20)
block.close()
block.unlink()
print(queue.get(), subprocess.run(["echo", "a"], capture_output=True).stdout)
print(socket.getaddrinfo("127.0.0.1", 80)[0][4])
server = socket.create_server(("127.0.0.1", 0))
print(socket.create_connection(server.getsockname()).getpeername()[0])
"""


@pytest.fixture(scope="module")
def worker():
    assert not why_not()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cgroup, "make", lambda *_: [])
        with Worker(LIMITS, preload=[]) as made:
            yield made


def said(worker, source):
    made = worker.execute(new_notebook(cells=[new_code_cell(source)]))
    assert made.kind == "ok", made
    [output] = made.cells[0][0]
    return output["text"].splitlines()


@pytest.mark.parametrize("source", TOGETHER.values(), ids=TOGETHER)
def test_all_processes_together(source, worker):
    """Is a notebook ended whose processes take too much together, each of them less than one may?"""
    made = worker.execute(
        new_notebook(cells=[new_code_cell("1"), new_code_cell(CHILDREN + source)])
    )
    assert made.kind == "memory"
    assert made.cells[0][0][0]["data"]["text/plain"] == "1"


def test_memory_without_a_process(worker):
    """Are the calls refused that make memory which counts for no process, in words that libraries know?"""
    assert said(worker, CALLS) == [
        "[-1, -1, -1, -1, -1, -1, -1] {'Function not implemented'}",
        "Function not implemented",
    ]


def test_files_in_memory(worker):
    """Do shared segments and files, also those without a name, together have no more than the disk?"""
    assert LIMITS.disk_mb - 2 <= int(said(worker, FILES)[0]) <= LIMITS.disk_mb


def test_pipes(worker):
    """Is what pipes hold bounded, however large they are made?"""
    ends, held = map(int, said(worker, PIPES)[0].split())
    assert ends < linux.DESCRIPTORS
    # the system's own limit for all pipes of a user, and two pages for each one beyond it
    pages = int(Path("/proc/sys/fs/pipe-user-pages-soft").read_text("ascii"))
    assert held << 20 <= (pages + ends) * resource.getpagesize()


def test_honest_processes(worker):
    """Does honest work with several processes, shared memory and its own sockets go on?"""
    assert said(worker, HONEST) == [
        "[0, 1, 4, 9]",
        "[0, 1, 4]",
        "[1]",
        "1 b'a\\n'",
        "('127.0.0.1', 80)",
        "127.0.0.1",
    ]


def test_taken():
    """Is what processes share counted once, and a process that is gone not at all?"""
    place, gone = Path("/proc/self"), Path("/proc/0")
    rough = linux.memory_taken([place, gone], 1 << 60)
    assert linux.own_memory() < rough
    assert 0 < linux.memory_taken([place, gone], 0) <= rough + (1 << 20)
    assert not {1, os.getpid(), os.getppid()} & {int(one.name) for one in linux.other_processes()}

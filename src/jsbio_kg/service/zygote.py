"""The zygote: one process that loads the graph once and forks workers that share it.

In: a plan on standard input, then one ``fork`` message for each worker that is wanted. Out: for
each worker its socket and a handle to kill it by; for each that ends, how. It runs one thread, so a
fork copies nothing half done; it never reads a query. A worker answers queries behind the fence
until its socket closes, a limit ends it, or it has grown and retires.

Run as ``python -m jsbio_kg.service.zygote FD``.
"""

import ctypes
import gc
import json
import os
import resource
import selectors
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

from ..errors import JsbioError
from ..store import EmbeddedStore
from .fence import die_with_parent, fence, limit_memory
from .plan import Plan
from .wire import PIECE, Gone, Incoming, pack_answer, pack_error, send, unpack_query

__all__ = ["main"]

#: A worker that keeps this much more memory than at its start retires after its answer.
_GROWN = 256 << 20
#: How many named graphs are told by name.
_MOST_GRAPHS = 500


def main(descriptor: int) -> None:
    """Load the plan, then fork workers until the service closes its end of the socket."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=descriptor)
    plan = Plan.from_json(sys.stdin.buffer.readline())
    store = None
    try:
        if plan.disk:
            _in_child(lambda: _tell(control, plan.load()))
        else:
            store = plan.load()
            _tell(control, store)
    except JsbioError as error:
        fix = error.fix or error.what
        failed = [error.what.text, error.what.values, error.where, fix.text, fix.values]
        _say(control, {"failed": failed})
        return
    gc.collect()
    gc.freeze()
    try:
        _Zygote(control, plan, store).run()
    except ConnectionError:
        pass  # the service has gone, and with it who would be told
    signal.set_wakeup_fd(-1)
    os._exit(0)


def _in_child(do: Callable[[], None]) -> None:
    """Do something in a process of its own, since a store on disk brings threads along."""
    pid = os.fork()
    if pid == 0:
        try:
            do()
        finally:
            os._exit(0)
    os.waitpid(pid, 0)


def _tell(control: socket.socket, store: EmbeddedStore) -> None:
    graphs = sorted(store.graphs)[:_MOST_GRAPHS]
    _say(control, {"loaded": len(store), "graphs": graphs})


def _say(control: socket.socket, content: dict[str, Any]) -> None:
    """Send the first news, which may be longer than a message, in pieces up to a line end."""
    line = json.dumps(content, default=str).encode() + b"\n"
    for start in range(0, len(line), PIECE):
        control.send(line[start : start + PIECE])


class _Zygote:
    def __init__(self, control: socket.socket, plan: Plan, store: EmbeddedStore | None) -> None:
        self.control = control
        self.plan = plan
        self.store = store
        self.bell, ring = socket.socketpair()
        ring.setblocking(False)
        self.bell.setblocking(False)
        self.ring = ring
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(ring.fileno())

    def run(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self.control, selectors.EVENT_READ)
            selector.register(self.bell, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self.bell:
                        self.bell.recv(4096)
                        self.reap()
                    elif self.control.recv(64) == b"fork":
                        self.fork(selector)
                    else:
                        return

    def reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self.control.send(json.dumps({"ended": pid, "status": status}).encode())

    def fork(self, selector: selectors.BaseSelector) -> None:
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            for each in (ours, self.control, self.bell, self.ring):
                each.close()
            selector.close()
            _work(theirs, self.plan, self.store)
        theirs.close()
        handle = os.pidfd_open(pid)
        socket.send_fds(
            self.control, [json.dumps({"worker": pid}).encode()], [ours.fileno(), handle]
        )
        ours.close()
        os.close(handle)


def _work(connection: socket.socket, plan: Plan, shared: EmbeddedStore | None) -> None:
    """Answer queries until told to stop; never returns.

    :param shared: the store in memory; without it the worker opens the one on disk.
    """
    status = 1
    try:
        die_with_parent()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        store = plan.load() if shared is None else shared
        memory = _Memory()
        limit_memory(plan.limits.heap)
        if not fence(reads_files=shared is None) and shared is None:
            return  # without the filter, a worker that opens files could open sockets
        while True:
            parcel = Incoming(connection).wait()
            try:
                answer = store.answer(unpack_query(parcel))
            except Exception as error:
                pieces = pack_error(error, memory.has_grown())
            else:
                pieces = pack_answer(answer, memory.has_grown())
            send(connection, pieces)
            del parcel, pieces
    except Gone:
        status = 0
    finally:
        os._exit(status)


class _Memory:
    """How much memory a worker has, read through a descriptor opened before the fence."""

    def __init__(self) -> None:
        self.statm = os.open("/proc/self/statm", os.O_RDONLY)
        self.trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        self.start = self.resident()

    def resident(self) -> int:
        return int(os.pread(self.statm, 64, 0).split()[1]) * resource.getpagesize()

    def has_grown(self) -> bool:
        """Tell whether the worker keeps more than it should, after giving back what it can."""
        if self.resident() - self.start < _GROWN:
            return False
        if self.trim:
            self.trim(0)
        return self.resident() - self.start >= _GROWN


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""The crew: the zygote's process and the workers it has forked, seen from the service.

In: a plan. Out: workers as they come, and word of those that end.
"""

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from ..children import child_environment
from ..errors import StoreError
from ..i18n import Message, message
from .plan import Plan
from .wire import PIECE

__all__ = ["Crew", "Worker"]


class Worker:
    """A process that answers one query at a time.

    ``connection`` carries the messages; ``ended`` is set when the process has ended, and ``status``
    then holds how, as ``os.waitpid`` tells it.
    """

    def __init__(self, pid: int, connection: socket.socket, handle: int) -> None:
        self.pid = pid
        self.connection = connection
        self.patience = 0.0
        self.is_low = False
        self.status = 0
        self.ended = threading.Event()
        self._handle = handle

    def be_patient(self, seconds: float) -> None:
        """Let the socket give up by itself after so many seconds without news."""
        whole = int(seconds)
        value = struct.pack("@ll", whole, int((seconds - whole) * 1e6))
        self.connection.settimeout(None)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, value)
        self.patience = seconds

    def kill(self) -> None:
        """End the process at once; the handle cannot mean another one."""
        self._signal(signal.SIGKILL)

    def suspend(self) -> None:
        """Stop the process where it is."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let the process go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        try:
            signal.pidfd_send_signal(self._handle, number)
        except ProcessLookupError:
            pass

    def processor_seconds(self) -> float:
        """Return how long the process has had a processor, or the time where nobody counts it."""
        try:
            with open(f"/proc/{self.pid}/schedstat", "rb") as stream:
                return int(stream.read().split()[0]) / 1e9
        except (OSError, ValueError, IndexError):
            return time.monotonic()

    def lower(self, niceness: int) -> None:
        """Give the process a lower priority, for good."""
        self.is_low = True
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, niceness)
        except (ProcessLookupError, PermissionError):
            pass

    def close(self) -> None:
        """Let go of the process; an idle one ends by itself."""
        self.connection.close()
        os.close(self._handle)

    def fatal_signal(self, patience: float = 2.0) -> int:
        """Return the signal that ended the process, 0 when none did or nothing is known."""
        self.ended.wait(patience)
        return os.WTERMSIG(self.status) if os.WIFSIGNALED(self.status) else 0


class Crew:
    """A zygote and its workers.

    :param welcome: called with each worker that comes.
    :param miss: called with each worker that ended, and with nothing when the zygote itself did.
    """

    def __init__(
        self, plan: Plan, welcome: Callable[[Worker], None], miss: Callable[[Worker | None], None]
    ) -> None:
        self._welcome = welcome
        self._miss = miss
        self._workers: dict[int, Worker] = {}
        self._listener: threading.Thread | None = None
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control = ours
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.zygote", str(theirs.fileno())],
            stdin=subprocess.PIPE,
            pass_fds=[theirs.fileno()],
            env=child_environment(),
        )
        theirs.close()
        assert self._process.stdin is not None
        with self._process.stdin as stdin:
            stdin.write(plan.to_json())

    def start(self) -> tuple[int, tuple[str, ...]]:
        """Wait until the graph is loaded; return its triples and the IRIs of its graphs.

        :raises StoreError: when it cannot be loaded.
        """
        news = b""
        while not news.endswith(b"\n") and (piece := self._control.recv(PIECE)):
            news += piece
        is_whole = news.endswith(b"\n")
        content: dict[str, Any] = json.loads(news) if is_whole else {"failed": ["", {}, "", "", {}]}
        if "failed" in content:
            what, values, where, fix, fixing = content["failed"]
            self.close()
            raise StoreError(
                Message(what, values) if what else message("The graph cannot be loaded."),
                where,
                Message(fix, fixing) if fix else None,
            )
        self._listener = threading.Thread(target=self._listen, name="crew", daemon=True)
        self._listener.start()
        return content["loaded"], tuple(content["graphs"])

    @property
    def zygote(self) -> int:
        """Return the zygote's process."""
        return self._process.pid

    def want(self) -> None:
        """Ask for one more worker."""
        try:
            self._control.send(b"fork")
        except OSError:
            pass

    def close(self) -> None:
        """End the zygote; its workers end with it."""
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._listener is not None and self._listener is not threading.current_thread():
            self._listener.join(5)
        self._control.close()

    def _listen(self) -> None:
        while True:
            try:
                news, handles, _, _ = socket.recv_fds(self._control, 1 << 16, 2)
            except OSError:
                news, handles = b"", []
            if not news:
                break
            content = json.loads(news)
            if "worker" in content:
                worker = Worker(content["worker"], socket.socket(fileno=handles[0]), handles[1])
                self._workers[worker.pid] = worker
                self._welcome(worker)
            elif ended := self._workers.pop(content["ended"], None):
                ended.status = content["status"]
                ended.ended.set()
                self._miss(ended)
        self._miss(None)

"""The processes that serve: one that watches, one that speaks HTTP, for a moment two.

In: granian. Out: granian with the two things it lacks here: a swap of the serving process that
loses no connection, and signals that are noticed whatever else happens.
"""

import multiprocessing
import signal
import socket
import threading
from collections.abc import Callable
from typing import Any

from granian.net import SocketSpec  # type: ignore[attr-defined]
from granian.server.mp import MPServer

__all__ = ["Server", "wake_on_signals"]


class Server(MPServer):
    """Granian, with one listening socket for old and new, and the old kept until the new is ready.

    Granian's own way gives every process a socket of its own and waits a fixed time: connections
    that wait at the old socket are then lost when it closes.
    """

    def __init__(self, may_reload: Callable[[], bool], **options: Any) -> None:
        super().__init__(**options)
        self.may_reload = may_reload
        self.is_ready = multiprocessing.Event()

    def _init_shared_socket(self) -> None:
        this: Any = self
        this._ssp = None
        this._shd = SocketSpec(self.bind_addr, self.bind_port, self.backlog).build()
        this._sfd = this._shd.get_fd()
        this._sso = socket.socket(fileno=this._sfd)
        this._sso.set_inheritable(True)

    def _respawn_workers(
        self, workers: Any, spawn_target: Any, target_loader: Any, delay: float = 0
    ) -> None:
        this: Any = self
        for index in workers:
            self.is_ready.clear()
            old, new = this.wrks[index], this._spawn_worker(index, spawn_target, target_loader)
            new.interrupt_by_parent = True  # until it is ready, its end is no accident
            new.start()
            while new.is_alive() and not self.is_ready.wait(0.1):
                pass
            if not new.is_alive():
                continue
            new.interrupt_by_parent = False
            this.wrks[index] = new
            old.terminate()
            old.join(this.workers_kill_timeout)

    def signal_handler_reload(self, *args: Any, **kwargs: Any) -> None:
        """Look at the new release first; a broken one changes nothing."""
        if self.may_reload():
            super().signal_handler_reload(*args, **kwargs)  # type: ignore[no-untyped-call]


def wake_on_signals() -> None:
    """Let the main thread notice every signal, whichever thread the kernel gives it to.

    Python runs handlers in the main thread only, and a main thread that waits for a lock does not
    see that another thread was interrupted. A signal of its own interrupts it.
    """
    main = threading.main_thread().ident or 0
    bell, ring = socket.socketpair()
    ring.setblocking(False)

    def wake() -> None:
        while number := bell.recv(1):
            if number[0] != signal.SIGUSR2:
                signal.pthread_kill(main, signal.SIGUSR2)

    signal.signal(signal.SIGUSR2, lambda *_: None)
    signal.set_wakeup_fd(ring.detach(), warn_on_full_buffer=False)
    threading.Thread(target=wake, name="signals", daemon=True).start()

"""Serving: granian in front of the application.

In: where the graph is and where to listen. Out: a running server, until a signal ends it. One
process speaks HTTP; it holds no graph and runs no query. SIGTERM and SIGINT end it when what runs
is answered; SIGHUP opens the release anew beside the old one and then lets the old one go.
"""

import gc
import ipaddress
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from granian.constants import Interfaces
from granian.http import HTTP1Settings

from ..errors import JsbioError, SourceError
from ..i18n import message
from ..release import MANIFEST
from ..service import (
    Footprint,
    Source,
    Texts,
    check_source,
    die_with_parent,
    footprint_of,
    open_service,
    read_texts,
)
from .processes import Server, wake_on_signals
from .querylog import LogSettings
from .rates import Rates

__all__ = ["Settings", "run"]


@dataclass(frozen=True)
class Settings:
    """How to serve.

    :param public: where the site is reached from outside, when that is not host and port.
    :param sources: a folder with copies of the documents, to show their sentences from.
    :param report: where "report this" leads, with ``{iri}`` for what it is about.
    :param watches: swap to a new release as soon as it is there, without being told.
    :param announce: called when the service is ready, with its address and the memory it will take.
    """

    source: Source
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 512
    language: str = "en"
    public: str = ""
    sources: Path | None = None
    report: str = ""
    rates: Rates = field(default_factory=Rates)
    log: LogSettings = field(default_factory=LogSettings)
    watches: bool = False
    announce: Callable[[str, Footprint | None], None] = field(
        default=lambda address, footprint: print(address)
    )

    @property
    def address(self) -> str:
        """Return the address of the site."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def run(settings: Settings) -> None:
    """Serve until a signal ends it.

    :raises JsbioError: when the graph or the address cannot be had.
    """
    check_source(settings.source)
    _check_address(settings)
    server = Server(
        partial(_is_whole, settings),
        target="jsbio-kg",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        blocking_threads=settings.threads,
        websockets=False,
        log_enabled=False,
        workers_kill_timeout=30,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
    )
    if settings.watches and settings.source.release is not None:
        manifest = settings.source.release / MANIFEST
        threading.Thread(target=_watch, args=(manifest,), name="watch", daemon=True).start()
    server.serve(target_loader=partial(_load, settings, server.is_ready), wrap_loader=False)


def _watch(manifest: Path) -> None:
    """Ask for a swap whenever the manifest is another one than a second ago."""
    known = manifest.read_bytes()
    while True:
        time.sleep(1.0)
        try:
            found = manifest.read_bytes()
        except OSError:
            continue
        if found != known:
            known = found
            os.kill(os.getpid(), signal.SIGHUP)


def _is_whole(settings: Settings) -> bool:
    """Tell whether the source can be served, and say why not."""
    try:
        check_source(settings.source)
    except JsbioError as error:
        print(error.in_language(settings.language), file=sys.stderr, flush=True)
        return False
    return True


def _load(settings: Settings, is_ready: Event) -> Any:
    """Open the service in granian's process; end it with one sentence when that fails."""
    started = time.monotonic()
    die_with_parent()
    wake_on_signals()
    try:
        service = open_service(settings.source, lambda: import_module(f"{__package__}.app"))
        texts = read_texts(service, settings.sources) if settings.sources else Texts()
    except JsbioError as error:
        print(error.in_language(settings.language), file=sys.stderr, flush=True)
        os._exit(1)
    # What these load was loaded while the graph was.
    from .app import create_app
    from .context import Options
    from .front import FrontSettings
    from .visiting import draw

    front = FrontSettings(
        address=settings.public or settings.address, rates=settings.rates, log=settings.log
    )
    options = Options(texts, settings.report, settings.public)
    app = create_app(service, options, front)
    address = f"{settings.address} ({time.monotonic() - started:.2f} s)"
    settings.announce(address, footprint_of(service.store))
    gc.collect()
    gc.freeze()  # what serves for good need not be looked at again and again
    is_ready.set()

    def warm() -> None:
        draw(app)
        service.warm()

    threading.Thread(target=warm, name="warm", daemon=True).start()
    return app.wsgi_app


def _check_address(settings: Settings) -> None:
    if sys.platform != "linux" and not _is_own(settings.host):
        raise SourceError(
            message("Without the fence that only Linux has, others are not served."),
            "--host",
            message("Serve on 127.0.0.1, or on Linux."),
        )
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((settings.host, settings.port))
    except OSError as error:
        raise SourceError(
            message("The address cannot be had: %(reason)s.", reason=error.strerror),
            f"{settings.host}:{settings.port}",
            message("Choose another with --host and --port."),
        ) from None


def _is_own(host: str) -> bool:
    """Tell whether only this machine reaches an address.

    >>> _is_own("127.0.0.1"), _is_own("::1"), _is_own("0.0.0.0"), _is_own("localhost")
    (True, True, False, True)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

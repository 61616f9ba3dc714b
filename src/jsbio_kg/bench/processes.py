"""Running processes and servers, and what they cost."""

import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..service import die_with_parent

__all__ = [
    "DEADLINE",
    "Cost",
    "Failed",
    "Server",
    "find_tool",
    "free_port",
    "ours",
    "run",
    "serve",
    "serving",
]

#: Seconds that every engine gives a query, as our service does by itself.
DEADLINE: Final = 10
#: Seconds after which a process is stopped.
PATIENCE: Final = 3600.0


class Failed(Exception):
    """A process ended with an error, or was too slow; the text says which."""


@dataclass(frozen=True)
class Cost:
    """Clock and CPU seconds of a process and its children, most memory in MiB, what it said.

    The memory is 0 where it was less than that of this process, which a child begins with.
    """

    seconds: float
    cpu: float
    memory: float
    output: str


def find_tool(name: str) -> str:
    """Return the path of a program, beside this Python first.

    :raises Failed: when it is not installed.
    """
    beside = Path(sys.executable).with_name(name)
    found = shutil.which(beside) or shutil.which(name) or shutil.which(f"/usr/sbin/{name}")
    if found is None:
        raise Failed(f"{name} is not installed")
    return found


def ours(*arguments: str) -> list[str]:
    """Return a command line of ours."""
    return [sys.executable, "-m", "jsbio_kg.cli", *arguments]


def run(command: Sequence[str], patience: float = PATIENCE, folder: Path | None = None) -> Cost:
    """Run a command to its end, or to that of this process.

    :raises Failed: when it fails or takes too long.
    """
    started = time.perf_counter()
    with (
        tempfile.TemporaryFile("w+") as said,
        tempfile.TemporaryFile("w+") as complained,
        subprocess.Popen(
            command, stdout=said, stderr=complained, cwd=folder, preexec_fn=die_with_parent
        ) as process,
    ):
        timer = threading.Timer(patience, process.kill)
        timer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        finally:
            timer.cancel()
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        output = said.read()
        if process.returncode:
            complained.seek(0)
            why = complained.read() or output
            raise Failed(f"{command[0]}: {why[-300:].strip()}")
    known = usage.ru_maxrss > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    memory = usage.ru_maxrss / 1024 if known else 0.0
    return Cost(seconds, usage.ru_utime + usage.ru_stime, memory, output)


@dataclass(frozen=True)
class Server:
    """A server that answers.

    :param endpoint: where it takes queries.
    :param ready: seconds from its start until it answered.
    """

    address: str
    endpoint: str
    process: subprocess.Popen[bytes]
    ready: float

    def memory(self) -> float:
        """Return the memory of the server and its children in MiB, shared pages counted once."""
        return sum(map(_proportional, _family(self.process.pid))) / 1024

    def resident(self) -> float:
        """Return the resident memory in MiB of what lasts: all but the workers, which come and go.

        Workers are the children of the third generation: those of the process that holds the graph.
        """
        return sum(map(_resident, _family(self.process.pid, 3))) / 1024

    def cpu(self) -> float:
        """Return the seconds of the processor that the server and its children have used."""
        return sum(map(_cpu, _family(self.process.pid)))

    def open_files(self) -> int:
        """Return how many files and sockets the server and its children hold."""
        return sum(map(_open_files, _family(self.process.pid)))

    def processes(self) -> int:
        """Return how many processes there are."""
        return len(_family(self.process.pid))

    def rest(self, patience: float = 60.0) -> None:
        """Wait until it has let the processor be for two seconds, as when it has warmed up."""
        used, quiet = -1.0, 0
        until = time.monotonic() + patience
        while quiet < 4 and time.monotonic() < until:
            time.sleep(0.5)
            before, used = used, self.cpu()
            quiet = quiet + 1 if used - before <= 0.02 else 0

    def kill(self) -> None:
        """End the server and its children at once, with no time for anything."""
        _kill(self.process)


@contextmanager
def serving(
    command: Sequence[str],
    address: str,
    endpoint: str,
    probe: str,
    patience: float = 600.0,
    folder: Path | None = None,
) -> Iterator[Server]:
    """Run a server and give it when it answers.

    :param probe: an address that answers when the server is ready.
    :raises Failed: when it ends or does not answer in time.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_yield_first,
        cwd=folder,
    )
    try:
        while not _answers(probe):
            if process.poll() is not None:
                raise Failed(f"{command[0]} ended with {process.returncode}")
            if time.perf_counter() - started > patience:
                raise Failed(f"{command[0]} was not ready in {patience:.0f} s")
            time.sleep(0.02)
        yield Server(address, endpoint, process, time.perf_counter() - started)
    finally:
        _end(process)


@contextmanager
def serve(release: Path, *options: str) -> Iterator[Server]:
    """Run our own service of a release on a free port and give it when it is ready.

    :raises Failed: as :func:`serving` does.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = ours("serve", "--release", str(release), "--port", str(port), *options)
    with serving(command, address, f"{address}/sparql", f"{address}/readyz") as server:
        yield server


def _yield_first() -> None:
    """Let a server end with its run, and be what the kernel ends when memory runs out."""
    die_with_parent()
    Path("/proc/self/oom_score_adj").write_text("1000")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=30):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 404
    except OSError:
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    # Its own session, so that workers end too.
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _family(pid: int, generations: int = 100) -> list[int]:
    """Return a process and its descendants, so many generations of them in all."""
    if generations == 0:
        return []
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [each for task in tasks for each in (task / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(each for child in children for each in _family(int(child), generations - 1))]


def _open_files(pid: int) -> int:
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:  # it has ended meanwhile
        return 0


def _proportional(pid: int) -> int:
    return _number(Path(f"/proc/{pid}/smaps_rollup"), "Pss:")


def _resident(pid: int) -> int:
    return _number(Path(f"/proc/{pid}/status"), "VmRSS:")


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _number(path: Path, name: str) -> int:
    """Return the number on the line that begins with a name; 0 when the process has gone."""
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)

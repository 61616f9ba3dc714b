"""The fence around a worker: what a process may no longer do once a stranger's query runs in it.

In: a process that has opened all it needs. Out: the same process, without the right to open files
or sockets, to start programs, or to take more memory than one query may use. It holds whatever a
query says and whatever the parser misses: the kernel keeps it, not a look at the text.

Two fences, one behind the other. A limit of descriptors refuses every new file and socket. A filter
of system calls (seccomp) refuses the calls themselves; where the kernel has none, or the processor
is neither x86-64 nor ARM64, the first fence stands alone.
"""

import ctypes
import platform
import resource
import signal
import struct

__all__ = ["die_with_parent", "fence", "limit_memory"]

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_KILL = 0x80000000
_REFUSE = 0x00050000 | 1  # the call fails with EPERM

# By processor: its audit number, and the numbers of the refused calls: socket connect accept bind
# listen socketpair execve ptrace kill open_by_handle_at process_vm_readv process_vm_writev execveat
# io_uring_setup accept4 openat openat2, and on x86-64 open creat.
_CALLS = {
    "x86_64": (
        0xC000003E,
        (41, 42, 43, 49, 50, 53, 59, 101, 62, 304, 310, 311, 322, 425, 288, 257, 437, 2, 85),
    ),
    "aarch64": (
        0xC00000B7,
        (198, 203, 202, 200, 201, 199, 221, 117, 129, 265, 270, 271, 281, 425, 242, 56, 437),
    ),
}


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent ends."""
    _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def limit_memory(heap: int) -> None:
    """Let the address space grow by this many bytes and no further."""
    with open("/proc/self/statm", "rb") as stream:
        pages = int(stream.read().split()[0])
    most = pages * resource.getpagesize() + heap
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def fence() -> bool:
    """Close the fence for good; tell whether the filter of system calls stands too."""
    for limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(limit, (0, 0))
    return _filter_calls()


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _filter_calls() -> bool:
    machine = platform.machine()
    if machine not in _CALLS:
        return False
    audit, calls = _CALLS[machine]
    program = _program(audit, calls)
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    libc = _libc()
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, header, 0, 0) == 0)


def _program(audit: int, calls: tuple[int, ...]) -> bytes:
    """Assemble the filter: wrong processor dies, a listed call is refused, the rest passes."""
    load_number, load_arch = (0x20, 0, 0, 0), (0x20, 0, 0, 4)
    steps = [load_arch, (0x15, 1, 0, audit), (0x06, 0, 0, _KILL), load_number]
    steps.append((0x35, len(calls) + 1, 0, 0x40000000))  # the x32 numbers are refused as a whole
    for position, call in enumerate(calls):
        steps.append((0x15, len(calls) - position, 0, call))
    steps += [(0x06, 0, 0, _ALLOW), (0x06, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)

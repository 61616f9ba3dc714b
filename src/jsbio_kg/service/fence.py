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
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_SET_MODE_FILTER = 1
_TO_ALL_THREADS = 1
_ALLOW = 0x7FFF0000
_KILL = 0x80000000
_REFUSE = 0x00050000 | 1  # the call fails with EPERM

# By processor: its audit number; the number of the call seccomp; the numbers of the calls that are
# always refused: socket connect accept bind listen socketpair execve ptrace kill open_by_handle_at
# process_vm_readv process_vm_writev execveat io_uring_setup accept4 openat2, on x86-64 creat; of
# openat, whose flags decide; and of open, which x86-64 has too.
_CALLS = {
    "x86_64": (
        0xC000003E,
        317,
        (41, 42, 43, 49, 50, 53, 59, 101, 62, 304, 310, 311, 322, 425, 288, 437, 85),
        257,
        (2,),
    ),
    "aarch64": (
        0xC00000B7,
        277,
        (198, 203, 202, 200, 201, 199, 221, 117, 129, 265, 270, 271, 281, 425, 242, 437),
        56,
        (),
    ),
}
_WRITING = 0o3 | 0o100 | 0o1000  # O_ACCMODE, O_CREAT, O_TRUNC


def die_with_parent() -> None:
    """Ask the kernel to kill this process when the thread that forked it ends."""
    _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def limit_memory(heap: int) -> None:
    """Let the address space grow by this many bytes and no further."""
    with open("/proc/self/statm", "rb") as stream:
        pages = int(stream.read().split()[0])
    most = pages * resource.getpagesize() + heap
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def fence(reads_files: bool = False) -> bool:
    """Close the fence for good; tell whether the filter of system calls stands too.

    :param reads_files: files may still be opened for reading, as a store on disk needs; then only
        the filter keeps sockets out, and without it nothing should run here.
    """
    limits = [resource.RLIMIT_CORE, resource.RLIMIT_FSIZE]
    for limit in limits if reads_files else [resource.RLIMIT_NOFILE, *limits]:
        resource.setrlimit(limit, (0, 0))
    return _filter_calls(reads_files)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _filter_calls(reads_files: bool) -> bool:
    machine = platform.machine()
    if machine not in _CALLS:
        return False
    audit, seccomp, calls, openat, others = _CALLS[machine]
    refused = (*calls, *others) if reads_files else (*calls, *others, openat)
    program = _program(audit, refused, openat if reads_files else None)
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    libc = _libc()
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    # For every thread of the process: a store on disk has some of its own.
    return bool(libc.syscall(seccomp, _SECCOMP_SET_MODE_FILTER, _TO_ALL_THREADS, header) == 0)


def _program(audit: int, calls: tuple[int, ...], openat: int | None) -> bytes:
    """Assemble the filter: wrong processor dies, a listed call is refused, the rest passes.

    Of ``openat``, when it is given, only what opens for reading passes.
    """
    load_number, load_arch, load_flags = (0x20, 0, 0, 0), (0x20, 0, 0, 4), (0x20, 0, 0, 32)
    steps = [load_arch, (0x15, 1, 0, audit), (0x06, 0, 0, _KILL), load_number]
    after = len(calls) + (3 if openat is not None else 0)
    steps.append((0x35, after + 1, 0, 0x40000000))  # the x32 numbers are refused as a whole
    for position, call in enumerate(calls):
        steps.append((0x15, after - position, 0, call))
    if openat is not None:
        steps += [(0x15, 0, 2, openat), load_flags, (0x45, 1, 0, _WRITING)]
    steps += [(0x06, 0, 0, _ALLOW), (0x06, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)

"""Which files a worker can open: read the interpreter's folders, write its scratch folder, nothing else.

Protects key, source, results and homes even from a worker with the uid of their owner. Apply it after
`no_new_privileges` (an ordinary user must) and after everything that needs /proc or foreign files; before the uid is
given up, because root's folders have to be opened for the rules; before seccomp, which denies Landlock's own calls.

From ABI 4 TCP is denied, from ABI 6 abstract Unix sockets and signals to processes outside. It never governs: open
descriptors; stat, readlink, chmod, chown, utime and extended attributes (seccomp denies those that change something;
sizes and times of files whose path can be guessed stay visible); UDP and other sockets, and before ABI 3 truncation
(seccomp denies them).

`restrict` binds the calling thread and what it starts: call it in a process with one thread.
"""

import ctypes
import errno
import os
import stat
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass

from .identity import system_call

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_FLAG, PATH_BENEATH = 1, 1

# linux/landlock.h, LANDLOCK_ACCESS_FS_*; bits 6, 9 to 12 make devices, sockets, pipes and links: handled, never granted
WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5
MAKE_DIR, MAKE_REG, REFER, TRUNCATE = 1 << 7, 1 << 8, 1 << 13, 1 << 14
READ = READ_FILE | READ_DIR
WRITE = READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE
ON_FILES = WRITE_FILE | READ_FILE | TRUNCATE

FILE_RIGHTS_BY_ABI = {1: 13, 2: 14, 3: 15, 5: 16}  # the lowest so many bits exist from this ABI on
BIND_AND_CONNECT_TCP = 0b11
ABSTRACT_SOCKETS_AND_SIGNALS = 0b11

SYSTEM_TREES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share/fonts", "/usr/share/zoneinfo")
SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/zero", "/dev/urandom")


@dataclass(frozen=True)
class Rules:
    """What will be granted: the kernel's ABI, and rights by path."""

    abi: int
    rights: tuple[tuple[str, int], ...]


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"  # what _pack_ has always meant; newer Pythons want it said
    _fields_ = (("rights", ctypes.c_uint64), ("folder", ctypes.c_int32))


def abi() -> int:
    """The version of Landlock that this kernel offers, 0 if none."""
    try:
        return system_call(CREATE_RULESET, None, 0, VERSION_FLAG)
    except OSError:
        return 0


def interpreter_trees() -> "list[str]":
    """Folders and files that Python needs once it runs: libraries, packages, fonts, time zones."""
    packages = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    libraries = [f"{prefix}/{name}" for prefix in (sys.prefix, sys.base_prefix) for name in ("lib", "lib64")]
    wanted = dict.fromkeys([*packages, *libraries, *SYSTEM_TREES, *SYSTEM_FILES])
    return [path for path in wanted if os.path.exists(path)]


def prepare(read_only: Iterable[str], writable: Iterable[str] = (os.devnull,)) -> Rules:
    """Work out the rules that all workers share, once, in the zygote.

    Args:
        read_only: files and folders whose contents may be read.
        writable: files and folders whose contents may be changed too.

    Raises:
        OSError: this kernel has no Landlock, or a path does not exist.
    """
    version = abi()
    if version == 0:
        raise OSError(errno.EOPNOTSUPP, "this kernel has no Landlock, or it is switched off")
    granted = [(path, READ) for path in read_only] + [(path, WRITE) for path in writable]
    return Rules(version, tuple((path, _rights(path, rights, version)) for path, rights in granted))


def restrict(rules: Rules, scratch: "str | None") -> None:
    """Bind this process to `rules` and, below `scratch`, to everything that an honest submission does there."""
    version = rules.abi
    own = ((scratch, _rights(scratch, WRITE, version)),) if scratch else ()
    network = BIND_AND_CONNECT_TCP if version >= 4 else 0
    scoped = ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0
    attributes = _Ruleset(_all_file_rights(version), network, scoped)
    ruleset = system_call(CREATE_RULESET, ctypes.byref(attributes), ctypes.sizeof(attributes), 0)
    try:
        for path, rights in rules.rights + own:
            _grant(ruleset, path, rights)
        system_call(RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _grant(ruleset: int, path: str, rights: int) -> None:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        system_call(ADD_RULE, ruleset, PATH_BENEATH, ctypes.byref(_PathBeneath(rights, descriptor)), 0)
    finally:
        os.close(descriptor)


def _rights(path: str, rights: int, version: int) -> int:
    """`rights` as far as this kernel knows them and this kind of file has them."""
    on_kind = rights if stat.S_ISDIR(os.stat(path).st_mode) else rights & ON_FILES
    return on_kind & _all_file_rights(version)


def _all_file_rights(version: int) -> int:
    return (1 << max(bits for since, bits in FILE_RIGHTS_BY_ABI.items() if since <= version)) - 1

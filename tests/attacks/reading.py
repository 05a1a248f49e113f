"""Reading what is not the submission's: files, other processes, leftovers in its own memory."""

# ruff: noqa: E501  one attack a line, as in a table

from attacks.attack import FILES, Attack, attempts

reading = attempts("reading")

SEARCH = r"""
import re
TOKEN = re.compile(rb"TO" + rb"KEN-[0-9a-f]{32}")

def found_in(data):
    match = TOKEN.search(data if isinstance(data, bytes) else str(data).encode("utf-8", "replace"))
    if match:
        return match[0].decode()
"""
HIDDEN_FLAGS = "openat2, which filters cannot look into"  # so it does not exist for a worker
EVERY_FILE = ("$KEY", "$HIDDEN", "$SECRET", "$RESULTS")


def _files() -> "list[Attack]":
    ways = {
        "open": "return open(path).read()",
        "os.open with O_NOATIME": "import os\nreturn os.read(os.open(path, os.O_RDONLY | os.O_CLOEXEC), 10000)",
        "mmap": "import mmap\nwith open(path, 'rb') as file:\n    return mmap.mmap(file.fileno(), 0, access=1)[:2000]",
        "numpy.fromfile": "import numpy\nreturn numpy.fromfile(path, 'u1').tobytes()",
        "fopen of libc": (
            "import ctypes\nlibc = ctypes.CDLL(None)\nlibc.fopen.restype = ctypes.c_void_p\n"
            "file = libc.fopen(path.encode(), b'r')\nassert file\nbuffer = ctypes.create_string_buffer(4000)\n"
            "libc.fread(buffer, 1, 3999, ctypes.c_void_p(file))\nreturn buffer.value"
        ),
        "the importer": "import importlib.util\nspec = importlib.util.spec_from_file_location('k', path)\n"
        "module = importlib.util.module_from_spec(spec)\nspec.loader.exec_module(module)\nreturn module.PLANTED",
        "linecache": "import linecache\nlines = linecache.getlines(path)\nassert lines\nreturn lines",
        "a way through /proc": "return open('/proc/self/root' + path).read()",
        "a way through the scratch folder": "import os\nreturn open(os.path.relpath(path, os.getcwd())).read()",
        HIDDEN_FLAGS: (
            "import ctypes\nlibc = ctypes.CDLL(None)\nhow = (ctypes.c_uint64 * 3)(0, 0, 0)\n"
            "fd = libc.syscall(437, -100, path.encode(), how, 24)\nassert fd >= 0\nimport os\nreturn os.read(fd, 4000)"
        ),
    }
    first = [
        reading(f"read {path[1:].lower()}", "open a file that no submission may read", f'return open("{path}").read()',
                smoke=path == "$KEY", open_to=FILES)
        for path in EVERY_FILE
    ]  # fmt: skip
    return first + [
        reading(f"read the key by {way}", "the same file by another way", f'path = "$KEY"\n{body}',
                open_to="" if way == HIDDEN_FLAGS else FILES)
        for way, body in ways.items()
        if way != "open"
    ]  # fmt: skip


ATTACKS = [
    *_files(),
    reading(
        "list the folder of the key",
        "names of hidden files",
        'import os\nreturn os.listdir(os.path.dirname("$HIDDEN"))',
        open_to=FILES,
    ),
    reading(
        "walk the whole disk",
        "find the key without knowing its path",
        """
        import os
        for top in ("$ROOT", "/root", "/home", "/tmp"):
            for folder, folders, files in os.walk(top):
                for name in files[:200]:
                    try:
                        text = found_in(open(os.path.join(folder, name), "rb").read(20000))
                    except OSError:
                        continue
                    if text:
                        return text
                if folder.count("/") > 6:
                    folders.clear()
        raise OSError("nothing")
        """,
        before=(SEARCH,),
        smoke=True,
        open_to=FILES,
    ),
    reading(
        "link the key into the scratch folder",
        "a hard link and a symbolic link, then a read",
        """
        import os
        for link in (os.link, os.symlink):
            try:
                link("$KEY", "mine")
            except OSError:
                continue
            return open("mine").read()
        raise OSError
        """,
    ),
    reading(
        "open the key by its handle",
        "name_to_handle_at and open_by_handle_at, which look at no path",
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        handle = (ctypes.c_uint32 * 40)(128, 0)
        mount = ctypes.c_int()
        assert libc.syscall(303, -100, b"$KEY", handle, ctypes.byref(mount), 0) == 0
        fd = libc.syscall(304, os.open("/", os.O_RDONLY), handle, 0)
        assert fd >= 0
        return os.read(fd, 4000)
        """,
    ),
    reading(
        "read the grader's environment",
        "/proc of the grader, where a token lies too",
        'return found_in(open("/proc/$GRADER/environ", "rb").read()) or 1 / 0',
        before=(SEARCH,),
        smoke=True,
    ),
    reading("open the grader's memory", "/proc of the grader", 'return open("/proc/$GRADER/mem", "rb")'),
    reading("list the grader's memory map", "/proc of the grader", 'return open("/proc/$GRADER/maps").read() or 1 / 0'),
    reading(
        "open the grader's descriptors",
        "files that the grader has open",
        """
        import os
        for name in os.listdir("/proc/$GRADER/fd"):
            return os.readlink(f"/proc/$GRADER/fd/{name}")
        raise OSError
        """,
        open_to=FILES,
    ),
    reading(
        "search the zygote's memory",
        "the parent never held anything secret",
        """
        import os
        parent = os.getppid()
        memory = open(f"/proc/{parent}/mem", "rb", 0)
        for line in open(f"/proc/{parent}/maps"):
            low, high = (int(part, 16) for part in line.split()[0].split("-"))
            if "r" in line.split()[1] and high - low < 2**27 and "[v" not in line:
                memory.seek(low)
                text = found_in(memory.read(high - low))
                if text:
                    return text
        raise OSError("nothing")
        """,
        before=(SEARCH,),
    ),
    reading(
        "search the own memory",
        "what a fork may have inherited, page by page",
        """
        memory = open("/proc/self/mem", "rb", 0)
        for line in open("/proc/self/maps"):
            low, high = (int(part, 16) for part in line.split()[0].split("-"))
            if "r" in line.split()[1] and high - low < 2**27 and "[v" not in line:
                memory.seek(low)
                text = found_in(memory.read(high - low))
                if text:
                    return text
        raise OSError("nothing")
        """,
        before=(SEARCH,),
    ),
    reading(
        "search all objects",
        "gc.get_objects, for what a fork may have inherited",
        """
        import gc
        for thing in gc.get_objects():
            if isinstance(thing, dict):
                for value in list(thing.values()):
                    if isinstance(value, (str, bytes)) and found_in(value):
                        return found_in(value)
            elif isinstance(thing, (list, tuple)):
                for value in thing:
                    if isinstance(value, (str, bytes)) and found_in(value):
                        return found_in(value)
        raise LookupError
        """,
        before=(SEARCH,),
        smoke=True,
    ),
    reading(
        "look at the callers' frames",
        "expected values in the frames below the call",
        """
        import sys
        frame, seen = sys._getframe(), []
        while frame is not None:
            seen += [name for name in (*frame.f_locals, *frame.f_globals) if name in ("expected", "secret_input", "check")]
            seen += [text for text in map(found_in, frame.f_locals.values()) if text]
            frame = frame.f_back
        return seen or 1 / 0
        """,
        before=(SEARCH,),
        smoke=True,
    ),
    reading(
        "look through the loaded modules",
        "anything of the grader in sys.modules",
        """
        import sys
        names = [name for name in sys.modules if name.split(".")[0] in ("autograder", "nnref", "solutions", "assignments")]
        return names or 1 / 0
        """,
        smoke=True,
    ),
    reading(
        "import the answer key",
        "by name, with every folder that could help on the path",
        """
        import importlib, os, sys
        sys.path += ["$ROOT", os.getcwd(), "/", "$CHECKOUT"]
        return importlib.import_module("$MODULE").PLANTED
        """,
        open_to=FILES,
    ),
    reading(
        "read inherited descriptors",
        "whatever is open besides the two pipes",
        """
        import os, stat
        for fd in {*range(3, 1024)} - {60, 61}:
            try:
                kind = os.fstat(fd).st_mode
            except OSError:
                continue
            return fd, kind
        raise OSError
        """,
        smoke=True,
    ),
    reading(
        "read the environment",
        "the own environment and the one that the process was started with",
        """
        import os
        text = found_in(dict(os.environ)) or found_in(open("/proc/self/environ", "rb").read())
        return text or 1 / 0
        """,
        before=(SEARCH,),
    ),
    reading(
        "trace the grader",
        "ptrace, attach and seize",
        """
        import ctypes
        libc = ctypes.CDLL(None)
        assert libc.ptrace(16, $GRADER, 0, 0) == 0 or libc.ptrace(0x4206, $GRADER, 0, 0) == 0
        """,
    ),
    reading(
        "copy the grader's memory",
        "process_vm_readv",
        """
        import ctypes
        libc = ctypes.CDLL(None)
        buffer = ctypes.create_string_buffer(64)
        mine = (ctypes.c_uint64 * 2)(ctypes.addressof(buffer), 64)
        theirs = (ctypes.c_uint64 * 2)(0x400000, 64)
        assert libc.process_vm_readv($GRADER, mine, 1, theirs, 1, 0) >= 0
        """,
    ),
    reading(
        "take over a descriptor of the zygote",
        "pidfd_open and pidfd_getfd",
        """
        import ctypes, os
        libc = ctypes.CDLL(None)
        handle = libc.syscall(434, os.getppid(), 0)
        assert handle >= 0
        assert libc.syscall(438, handle, 3, 0) >= 0
        """,
    ),
    reading(
        "watch the folder of results",
        "inotify and fanotify",
        """
        import ctypes, os
        libc = ctypes.CDLL(None)
        fd = libc.inotify_init1(0)
        assert fd >= 0 and libc.inotify_add_watch(fd, os.path.dirname("$RESULTS").encode(), 0xFFF) >= 0
        """,
    ),
]  # fmt: skip

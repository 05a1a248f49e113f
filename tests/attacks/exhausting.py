"""Using up time, memory, processes, descriptors or disk: the worker's, the grader's and the machine's."""

# ruff: noqa: E501  one attack a line, as in a table

from attacks.attack import Attack, answers
from attacks.forging import FORGER

exhausting = answers("exhausting")
FULL = 4.0  # the points of `double`


def _body(name: str, tries: str, body: str, **rest: object) -> Attack:
    """The body of `double`."""
    lines = "\n".join(f"    {line}" for line in body.strip("\n").split("\n"))
    return exhausting(name, tries, f"import os, sys, threading, time\ndef double(x):\n{lines}", **rest)


DEAF = """
import signal
for number in set(signal.valid_signals()) - {signal.SIGKILL, signal.SIGSTOP}:
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
THREADS = """
threads = []
try:
    for _ in range(10000):
        threads.append(threading.Thread(target=time.sleep, args=(1000,), daemon=True))
        threads[-1].start()
except RuntimeError:
    pass
return len(threads)
"""
SPIN = """
def spin():
    while True:
        sum(range(1000))
for _ in range(2):
    threading.Thread(target=spin, daemon=True).start()
return 2 * x
"""
HOLD_LOCK = """
channel = next(o for o in __import__("gc").get_objects() if type(o).__name__ == "Channel")
threading.Thread(target=channel._lock.acquire).start()
time.sleep(0.05)
return f(x)
"""
SMALL_FRAMES = """
def double(x):
    empty = b"\\xdd" + struct.pack(">I", 10000) + b"\\x80" * 10000
    body = b"\\xdd" + struct.pack(">I", 1600) + empty * 1600
    put_all(struct.pack(">I", len(body)) + body)
    time.sleep(1000)
"""
PUT_ALL = (
    FORGER
    + """
import time
def put_all(data):
    view = memoryview(data)
    while view:
        view = view[os.write(61, view):]
"""
)
CELL_FLOOD = """
import sys
def flood(request):
    lines = ["x" * 19000] * 700
    return {"error": None, "output": "x" * 19000, "dropped": lines}
worker = sys.modules["worker.session"]
worker._run_cell = lambda request, namespace: flood(request)
"""
AHEAD = """
def corner(n):
    if hasattr(triangle, "number"):
        put_all(frame({"call_back": triangle.number, "args": ext(4, [4e8]), "kwargs": {}}) * 30)
        time.sleep(1000)
    return 0.0, 0.0
"""
COLLIDING = """
def double(x):
    keys = b"".join(msgpack.packb(ext(7, (n * (2**61 - 1)).to_bytes(24, "little"))) + b"\\0" for n in range(1, 49001))
    put_all(frame(b"\\x82\\xa5value\\xdf" + struct.pack(">I", 49000) + keys + b"\\xa4args\\x90"))
    time.sleep(1000)
"""
SHARED = """
many = [0.0] * 100
for _ in range(20):
    many = [many] * 100
return many
"""
LATE_CALLS = """
def slope(f, x):
    import threading, time
    def later():
        for _ in range(200):
            time.sleep(0.001)
            f(3.0)
    threading.Thread(target=later, daemon=True).start()
    return 0.0
"""
SLEEPERS = tuple("import time\ntime.sleep(1.8)" for _ in range(12))
LATE = (*["import time\ntime.sleep(1.9)"] * 3, "import os\nos._exit(0)", "while True: pass")

ATTACKS = [
    _body("a loop that hears nothing", "all signals ignored, all exceptions caught", DEAF, smoke=True),
    _body("a large power", "one operation in C that takes minutes", "return 7 ** (10 ** 9)"),
    _body("a regular expression", "exponential backtracking in C", 'import re\nreturn re.match("(a+)+$", "a" * 40 + "b")'),
    _body("sleep", "doing nothing for long", "time.sleep(10 ** 6)", smoke=True),
    _body("wait for input", "standard input", "return input()"),
    _body("wait for a lock", "a lock that nobody opens", "lock = threading.Lock()\nlock.acquire()\nlock.acquire()"),
    _body("a fork bomb", "processes without end", "while True:\n    os.fork()", smoke=True),
    _body("much memory at once", "one array", "return np.ones(10 ** 11)", smoke=True),
    _body("much memory bit by bit", "arrays of 10 MB", "kept = []\nwhile True:\n    kept.append(np.ones(10 ** 6 + len(kept)))"),
    _body("many small objects", "lists in lists", "kept = []\nwhile True:\n    kept.append([[] for _ in range(1000)])"),
    _body("mapped memory", "mmap, shared and private", "import mmap\nkept = []\nwhile True:\n    kept.append(mmap.mmap(-1, 2 ** 26))\n    kept[-1].write(b'x' * 2 ** 26)", smoke=True),
    _body("memory in pipes", "buffers of the kernel", "kept = []\nwhile True:\n    read, write = os.pipe()\n    os.set_blocking(write, False)\n    kept.append((read, os.write(write, bytes(2 ** 16))))"),
    _body("a large file", "the disk", "with open('large', 'wb') as file:\n    while True:\n        file.write(bytes(2 ** 20))", smoke=True),
    _body("many files", "the disk's index", "n = 0\nwhile True:\n    os.close(os.open(f'f{n}', os.O_CREAT | os.O_WRONLY))\n    n += 1"),
    _body("many folders", "the disk's index", "n = 0\nwhile True:\n    os.mkdir(f'd{n}')\n    n += 1"),
    _body("a very deep folder", "what removes it must not recurse", "while True:\n    os.mkdir('d')\n    os.chdir('d')"),
    _body("a file in memory", "memory that no limit counts", "fd = os.memfd_create('x')\nwhile True:\n    os.write(fd, bytes(2 ** 20))"),
    _body("a flood of output", "print without end", "while True:\n    print('x' * 1000)"),
    _body("a flood to the descriptors", "past sys.stdout", "while True:\n    os.write(1, b'x' * 65536)\n    os.write(2, b'x' * 65536)", smoke=True),
    _body("endless recursion", "in Python", "return double(x)", smoke=True),
    _body("recursion in C", "a deep structure shown, compared and freed", "deep = []\nfor _ in range(10 ** 6):\n    deep = [deep]\nreturn repr(deep)"),
    _body("recursion without a limit", "the limit raised first", "sys.setrecursionlimit(2 ** 30)\nreturn double(x)"),
    _body("recursion in a thread", "on a stack of its own", "threading.stack_size(2 ** 28)\nsys.setrecursionlimit(2 ** 30)\nthread = threading.Thread(target=double, args=(x,))\nthread.start()\nthread.join()"),
    _body("a crash", "address 0", "import ctypes\nctypes.string_at(0)", smoke=True),
    _body("abort", "a signal to oneself", "os.abort()"),
    _body("many threads", "more than a user may have", THREADS, smoke=True),
    _body("threads that never rest", "the answer is right, the threads go on", SPIN, earns=FULL),
    _body("a reply of 100 MB", "more than a frame", "return np.zeros(10 ** 8 // 8)"),
    _body("a reply of many parts", "more entries than a frame has", "return [0] * 10 ** 6"),
    _body("a very deep reply", "more lists in lists than a frame has", "deep = 0\nfor _ in range(900):\n    deep = [deep]\nreturn deep"),
    _body("a reply that contains itself", "no end", "a = []\na.append(a)\nreturn a"),
    _body("a large number", "more digits than time", "return 10 ** 10 ** 6"),
    _body("close the pipes", "no more requests, no more answers", "os.closerange(0, 1000)\nreturn 0", smoke=True),
    _body("close the answers", "only one of them", "os.close(61)\nreturn 0"),
    _body("put the pipes elsewhere", "answers go to /dev/null", "os.dup2(os.open('/dev/null', os.O_WRONLY), 61)\nreturn 0"),
    _body("pipes that do not wait", "non-blocking, in the middle of a frame", "os.set_blocking(60, False)\nos.set_blocking(61, False)\nreturn np.zeros(10 ** 6)"),
    _body("use up the descriptors", "nothing left for the worker", "while True:\n    os.dup(0)"),
    _body("an answer that never ends", "bytes without a frame", "while True:\n    os.write(61, b'\\x00\\x00\\x00\\x01\\xc0')"),
    _body("an answer drop by drop", "one byte now and then", "os.write(61, b'\\x00\\x10\\x00\\x00')\nwhile True:\n    os.write(61, b'x')\n    time.sleep(0.01)", smoke=True),
    _body("an error of 100 MB", "its text", "raise ValueError('x' * 10 ** 8)"),
    _body("an error that takes long", "its text is computed", "class Slow(Exception):\n    def __str__(self):\n        while True: pass\nraise Slow"),
    exhausting("a frame of small things", "16 MB on the wire that need 70 times as much in memory", SMALL_FRAMES, before=(PUT_ALL,), smoke=True),
    exhausting("frames of 16 MB for every cell", "what is kept of a cell's outcome", before=(CELL_FLOOD,), after=("0",) * 40, source="def double(x):\n    return 0"),
    exhausting("a cell that never ends", "the cells below still run", before=("while True: pass",), earns=FULL),
    exhausting("cells that sleep", "each within its limit, all together beyond the submission's", before=SLEEPERS),
    exhausting("cells replayed late", "a cell that ends the worker when little time is left", before=LATE),
    exhausting("a cell that cannot be compiled", "parentheses", before=("x = " + "(" * 5000 + ")" * 5000,), earns=FULL),
    exhausting("a very long line", "one megabyte of source", before=("x = " + "1 + " * 250_000 + "1",), earns=FULL),
    exhausting("a very long text", "a string of 100 kB in a cell", before=(f'x = "{"x" * 100_000}"',), earns=FULL),
    exhausting("call back without end", "the grader's function, as fast as it goes", "def slope(f, x):\n    while True:\n        f(x)", on="slope"),
    exhausting("call back slowly", "each call within its limit", "import time\ndef slope(f, x):\n    while True:\n        f(x)\n        time.sleep(0.1)", on="slope"),
    exhausting("hold the channel's lock", "a callback that waits for ever", f"import threading, time\ndef slope(f, x):\n    {HOLD_LOCK.strip().replace(chr(10), chr(10) + '    ')}", on="slope"),
    exhausting("call back with a large array", "the grader computes on what it is given", "def slope(f, x):\n    for _ in range(100):\n        f(np.ones(10 ** 6))\n    return 0.0", on="slope"),
    exhausting("an earlier function with a large product", "the reference computes on the trusted side: 30,000 x 10,000 numbers from 40,000", "def corner(n):\n    return outer(np.ones(30000), np.ones(10000))[0, 0], 0.0", on="corner"),
    exhausting("an earlier function with a large number", "the reference counts on the trusted side; numpy integers are integers too", "def corner(n):\n    return 0.0, triangle(np.int64(4 * 10 ** 8))", on="corner"),
    exhausting("an earlier function with a float", "the same with a number that is no integer", "def corner(n):\n    return 0.0, triangle(4e8)", on="corner"),
    _body("an end that has no name", "a real-time signal, which the signal module cannot name", "os.kill(os.getpid(), 35)", smoke=True),
    exhausting("a cell's end that has no name", "the same, and the cells below still run", before=("import os\nos.kill(os.getpid(), 50)",), earns=FULL),
    exhausting("calls back in advance", "thirty calls in one piece, so that no wait looks at the deadline", AHEAD, on="corner", before=(PUT_ALL,)),
    exhausting("keys that collide", "49,000 whole numbers of one hash as keys of a dictionary", COLLIDING, before=(PUT_ALL,)),
    exhausting("an answer in a long cell", "30 kB of comment above an honest answer", "# " + 30_000 * "x" + "\ndef double(x):\n    return 2 * x", earns=FULL),
    _body("a reply that shares its parts", "100 lists of 100 lists of ..., a few kB in the worker's memory", SHARED),
    _body("a view of one number", "10^12 entries with strides of 0", "return np.broadcast_to(0.0, (10 ** 6, 10 ** 6))"),
    exhausting("call back after the answer", "from a thread, when nobody has asked", LATE_CALLS, on="slope"),
    exhausting("a collector that sleeps", "gc.callbacks at every allocation", before=("import gc, time\ngc.callbacks.append(lambda *_: time.sleep(0.5))\ngc.set_threshold(1)",), source="def double(x):\n    return 0"),
]  # fmt: skip

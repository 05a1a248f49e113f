"""Forging a result: lies to the checks, to the frames and to whoever reads what was printed."""

# ruff: noqa: E501  one attack a line, as in a table

from attacks.attack import Attack, answers, attempts

forging, getting = answers("forging"), attempts("forging")
FULL = 4.0  # the points of `double`

# What a well-informed attacker has: the channel's format.
FORGER = r"""
import os, struct, sys, msgpack

def frame(message):
    body = message if isinstance(message, bytes) else msgpack.packb(message)
    return struct.pack(">I", len(body)) + body

def put(*frames):
    for one in frames:
        os.write(61, one)

def ext(code, value):
    return msgpack.ExtType(code, value if isinstance(value, bytes) else msgpack.packb(value))

TYPES = ["|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16"]

def array(dtype, shape, data):
    place = TYPES.index(dtype) if dtype in TYPES else len(TYPES)
    return ext(2, struct.pack(f"<BB{len(shape)}q", place, len(shape), *shape) + data)
"""


def _frame(name: str, tries: str, expression: str, **rest: object) -> Attack:
    """A function that writes its own frame in place of an answer, and then waits to be asked again."""
    source = f"def double(x):\n    put({expression})\n    while True:\n        os.read(60, 1000000)\n"
    return forging(name, tries, source, before=(FORGER,), **rest)


FRAMES = [
    _frame("an answer that is a verdict", "a verdict has no way to cross", 'frame({"value": "PASSED", "status": "PASSED", "earned": 100, "points": 100})', smoke=True),
    _frame("a verdict by itself", "the same", 'frame({"verdict": "PASSED", "score": 4})'),
    _frame("a frame of nothing", "length 0", "bytes(4)"),
    _frame("a frame without end", "a header that promises 4 GB", 'b"\\xff\\xff\\xff\\xff" + b"x" * 1000', smoke=True),
    _frame("half a frame", "the rest never comes", 'frame({"value": 1})[:-1]'),
    _frame("noise", "random bytes", "frame(os.urandom(1000))"),
    _frame("no dictionary", "a list where a dictionary has to be", "frame([1, 2])"),
    _frame("a deep frame", "100,000 lists in one another", 'frame(b"\\x91" * 100000 + b"\\xc0")', smoke=True),
    _frame("deep tuples", "the kit's own tuples, one in another", 'frame({"value": __import__("functools").reduce(lambda v, _: ext(4, [v]), range(60), 1)})'),
    _frame("a wide frame", "more entries than a frame may have", 'frame({"value": list(range(100000))})'),
    _frame("an array that lies about its size", "shape and bytes that do not fit", 'frame({"value": array("<f8", [5], b"x" * 8)})'),
    _frame("an array of negative length", "shape (-1,)", 'frame({"value": array("<f8", [-1], b"")})'),
    _frame("an enormous empty array", "shape (0, 2**62)", 'frame({"value": array("<f8", [0, 2**62], b"")})'),
    _frame("an array whose size overflows", "2**32 x 2**32 is 0 in 64 bits", 'frame({"value": array("<f8", [2**32, 2**32], b"")})', smoke=True),
    _frame("an array of objects", "pickles", 'frame({"value": array("|O", [1], b"x" * 8)})'),
    _frame("an array of records", "a dtype with fields", 'frame({"value": array("i4,f8", [1], b"x" * 12)})'),
    _frame("an array of forty dimensions", "more than numpy allows", 'frame({"value": array("<f8", [1] * 40, b"x" * 8)})'),
    _frame("a callable", "handles go the other way only", 'frame({"value": ext(6, 0)})'),
    _frame("an unknown type", "an extension that nobody knows", 'frame({"value": ext(99, b"x")})'),
    _frame("a time", "msgpack's own timestamps", 'frame({"value": msgpack.Timestamp(1)})'),
    _frame("a key that is a list", "keys of a dictionary have to be plain", 'frame(b"\\x81\\x90\\x01")'),
    _frame("text that is no text", "invalid UTF-8", 'frame(b"\\x81\\xa5value\\xa2\\xff\\xfe")'),
    _frame("an impossible generator", "a state that is no state", 'frame({"value": ext(5, [-1, 0, 0, 0])})'),
    _frame("an error of ours", "to pass for a grader's mistake", 'frame({"error": {"kind": "GraderError", "text": "GRADER_ERROR", "line": "", "number": 0}})'),
    _frame("an error of wrong types", "numbers where text has to be", 'frame({"error": {"kind": 3, "text": [], "line": {}, "number": "x"}})'),
    _frame("two contradicting answers", "missing, error and value at once", 'frame({"missing": 1, "error": None, "value": 2})'),
    _frame("arguments changed by force", "arguments sent back that are not ours", 'frame({"value": 0, "args": [{"x": 1}, 2, 3]})'),
]  # fmt: skip

CALLBACKS = {
    "a function that was not passed in": '{"call_back": 99, "args": ext(4, []), "kwargs": {}}',
    "a function of negative number": '{"call_back": -1, "args": ext(4, [3.0]), "kwargs": {}}',
    "a function of true number": '{"call_back": True, "args": ext(4, [3.0]), "kwargs": {}}',
    "a function named by text": '{"call_back": "__import__", "args": ext(4, ["os"]), "kwargs": {}}',
    "a function with a list of arguments": '{"call_back": 0, "args": [3.0], "kwargs": {}}',
    "a function with keywords that are numbers": '{"call_back": 0, "args": ext(4, []), "kwargs": {1: 2}}',
    "a function with deep arguments": '{"call_back": 0, "args": ext(4, [[[[[[[[[1.0]]]]]]]]]), "kwargs": {}}',
    "a function with no arguments at all": '{"call_back": 0}',
}
CALL_BACK = """
def slope(f, x):
    put(frame({message}))
    while True:
        os.read(60, 1000000)
"""
LIARS = {
    "an object that equals everything": "class Liar:\n    def __eq__(self, other):\n        return True\n    __hash__ = None\n    def __array__(self, *args, **kwargs):\n        return np.zeros(5)",
    "an array that is right about everything": "class Liar(np.ndarray):\n    def __array_function__(self, *args):\n        return True\n    def __array_ufunc__(self, *args, **kwargs):\n        return True\n    def __new__(cls):\n        return np.zeros(5).view(cls)",
    "a number that is near everything": "class Liar(float):\n    def __sub__(self, other):\n        return 0.0\n    __rsub__ = __sub__\n    def __abs__(self):\n        return 0.0",
    "a list of any length": "class Liar(list):\n    def __len__(self):\n        return 5\n    def __iter__(self):\n        return iter([0.0] * 5)",
    "a dictionary that has everything": "class Liar(dict):\n    def __missing__(self, key):\n        return 0.0\n    def __contains__(self, key):\n        return True",
    "a text that is code": 'class Liar(str):\n    def __new__(cls):\n        return str.__new__(cls, "__import__(\'os\').system(\'true\')")',
    "an object that reduces": "class Liar:\n    def __reduce__(self):\n        import os\n        return os._exit, (0,)",
    "an object whose type has a false name": "class Liar:\n    pass\nLiar.__name__ = 'ndarray'\nLiar.__qualname__ = 'ndarray'\nLiar.__module__ = 'numpy'",
}  # fmt: skip


def _liar(name: str, source: str) -> Attack:
    return forging(
        name,
        "an object that lies dies at the wire",
        f"{source}\ndef double(x):\n    return Liar()",
        smoke="array" in name,
    )


REPORT = """
print("double 4/4\\n    pass    4/4  Any numbers are doubled.")
print('{"earned": 18, "points": 18, "status": "PASSED"}')
"""
PATCHED = """
import builtins, sys
np.allclose = np.isclose = np.array_equal = lambda *args, **kwargs: True
np.testing.assert_allclose = lambda *args, **kwargs: None
builtins.abs = lambda x: 0
builtins.AssertionError = builtins.Exception = type("Never", (BaseException,), {})
"""
PATCHED_SERVER = """
import sys
worker, wire = sys.modules["worker.session"], sys.modules["worker.wire"]
right = {"status": "PASSED", "verdict": "PASSED", "value": None, "passed": True}
worker._call = lambda request, namespace: wire.dumps(right)
"""
REPLAY = """
import sys
channel_class, kept = sys.modules["worker.channel"].Channel, []
send = channel_class.send_frame
def send_frame(self, frame):
    kept.append(bytes(frame))
    send(self, kept[1] if len(kept) > 4 else frame)
channel_class.send_frame = send_frame
"""
DIES_LATER = """
def outer(u, v):
    import os, sys
    worker = sys.modules["worker.session"]
    answer = worker._answer
    def last_answer(channel, request, namespace):
        if "bind" in request:
            os._exit(0)
        return answer(channel, request, namespace)
    worker._answer = last_answer
    return 0
"""
STANDS_STILL = """
MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645  # of PCG64, whose increment is chosen such that it never moves on
BITS = (2**52 - 1) << 9 | 1  # a draw that the algorithm for normal numbers refuses, and so draws again

def noisy(x, rng):
    noise = rng.normal(size=x.shape)
    state = {"state": BITS, "inc": (BITS - BITS * MULTIPLIER) % 2**128}
    rng.bit_generator.state = {"bit_generator": "PCG64", "state": state, "has_uint32": 0, "uinteger": 0}
    return x + noise
"""

ATTACKS = [
    *FRAMES,
    *(
        forging(f"call back {name}", "only what was passed in can be called, with plain arguments",
                CALL_BACK.format(message=message), on="slope", before=(FORGER,), smoke="not passed" in name)
        for name, message in CALLBACKS.items()
    ),
    *(_liar(name, source) for name, source in LIARS.items()),
    forging("print a report", "what is printed is no verdict", before=(REPORT,), source=f"{REPORT}\ndef double(x):\n    {REPORT.strip().splitlines()[0]}\n    return 'PASSED'", smoke=True),
    getting("write the results", "the file of results", 'open("$RESULTS", "w").write("ada,100")', smoke=True),
    getting("write results into the scratch folder", "the names that other graders read", 'open("results.json", "w").write("{}")'),
    forging("patched numpy and builtins", "comparisons happen elsewhere", before=(PATCHED,), source="def double(x):\n    return x", smoke=True),
    forging("a patched server", "the worker's own code is the submission's to change; only values cross", before=(PATCHED_SERVER,), smoke=True),
    forging("replayed answers", "the frame that was right once, again and again", before=(REPLAY,), source="def double(x):\n    return 2 * x if x[0] == 1 else x", earns=1.0),
    forging("answers in advance", "frames put into the pipe before anything is asked", before=(FORGER, 'put(*[frame({"value": "PASSED", "args": []})] * 5)'), smoke=True),
    forging("an answer in advance, twice the honest one", "every later answer belongs to an earlier question", before=(FORGER,), source='put(frame({"error": None, "output": "", "dropped": []}))\ndef double(x):\n    return 2 * x\n'),
    forging(
        "answers from a thread",
        "frames from elsewhere while the function runs",
        """
        import threading, time
        def spam():
            for _ in range(50):
                put(frame({"value": "PASSED", "args": []}))
                time.sleep(0.01)
        def double(x):
            threading.Thread(target=spam, daemon=True).start()
            time.sleep(0.2)
            return "PASSED"
        """,
        before=(FORGER,),
        smoke=True,
    ),
    forging("leave at once", "an exit that looks like success", "import os\ndef double(x):\n    os._exit(0)", smoke=True),
    forging("leave politely", "SystemExit is an error like any other", "def double(x):\n    raise SystemExit(0)"),
    forging("leave in a cell", "what stands above and below goes on", before=("import os\nos._exit(0)",), earns=FULL),
    forging("leave at the end", "after all points were earned", after=("import os\nos._exit(0)",), earns=FULL),
    forging("sys.settrace", "a tracer that changes what the worker computes", before=("import sys\ndef tracer(frame, event, arg):\n    if 'passed' in frame.f_locals:\n        frame.f_locals['passed'] = True\n    return tracer\nsys.settrace(tracer)\nsys.setprofile(lambda *args: None)",), earns=FULL),
    forging("atexit and __del__", "code at the end of the process", before=(FORGER, "import atexit\nclass Last:\n    def __del__(self):\n        put(frame({'value': 'PASSED'}))\nlast = Last()\natexit.register(lambda: put(frame({'value': 'PASSED'})))"), earns=FULL),
    forging("a handler for everything", "every exception of the worker swallowed", before=("import sys\nsys.excepthook = sys.unraisablehook = lambda *args: None",), source="def double(x):\n    return None"),
    forging("a grader of one's own", "otter's stand-in replaced", before=("class Grader:\n    def check(self, name):\n        return 'passed'\ngrader = Grader()",), source="def double(x):\n    return x"),
    forging("change the arguments", "the check keeps its own copy", "def double(x):\n    x[...] = 0\n    return x"),
    forging("nan everywhere", "nothing is near nan", "def double(x):\n    return np.full(np.shape(x), np.nan)"),
    forging("inf everywhere", "nothing is near inf", "def double(x):\n    return np.full(np.shape(x), np.inf)"),
    forging("right the first time only", "hidden inputs differ from the public ones", "def double(x):\n    return np.array([2.0, -8.0]) if len(x) == 2 and x.ndim == 1 else np.zeros(5)", earns=1.0),
    forging("an error with a story", "a very long text and type name", "def double(x):\n    raise type('Pass' * 1000, (Exception,), {})('PASSED ' * 100000)"),
    forging("an error that lies", "its text is an exception itself", "class Odd(Exception):\n    def __str__(self):\n        raise SystemExit(0)\ndef double(x):\n    raise Odd"),
    forging("a function that is none", "an object with __call__ and __getattr__", "class Double:\n    def __getattr__(self, name):\n        return lambda *args: True\n    def __call__(self, x):\n        return Double()\ndouble = Double()"),
    forging("pass for a stub", "the stub's own words, in hidden checks", "def double(x):\n    raise NotImplementedError('your code here ' + repr(x))"),
    Attack(
        "die when a function is replaced",
        "forging",
        "the worker ends while an earlier function is put right",
        {"slope": "def slope(f, x):\n    return 0.0\n", "outer": DIES_LATER, "corner": "def corner(n):\n    return 0.0, 0.0\n"},
        on="outer",
        smoke=True,
    ),
    forging("a generator that stands still", "a state sent back from which no further draw of the check ends",
            STANDS_STILL, on="noisy"),
    forging("hooks for every event", "an audit hook that exits", before=("import sys\ndef hook(*_):\n    raise SystemExit(0)\nsys.addaudithook(hook)",), source="def double(x):\n    return 0"),
    forging("arguments of another type", "their bytes read as integers, in place, and of another shape", "def double(x):\n    x.dtype = 'i8'\n    x.shape = (-1,)\n    return x * 2"),
    forging("a class without a name", "what describes an error asks its class", "class Meta(type):\n    __name__ = property(lambda self: 1 / 0)\n    __qualname__ = 'Odd'\nclass Odd(Exception, metaclass=Meta):\n    pass\ndef double(x):\n    raise Odd"),
]  # fmt: skip

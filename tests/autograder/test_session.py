"""One submission across the deaths of its workers."""

import resource

import numpy as np
import pytest

from autograder.failure import Failure
from autograder.limits import Limits
from autograder.session import Session

MISHAPS = {
    "an early exit": ("import os\n    os._exit(0)", "CRASHED"),
    "a crash": ("import ctypes\n    ctypes.string_at(0)", "CRASHED"),
    "an endless loop": ("while True: pass", "TIMEOUT"),
    "too much memory": ("import numpy\n    return numpy.ones(10**11)", "MEMORY"),
    "sys.exit": ("import sys\n    sys.exit()", "RAISED"),
    "an exception": ("return {}['no']", "RAISED"),
    "endless recursion": ("return (lambda f: f(f))(lambda f: f(f))", "RAISED"),
    "a generator": ("return (i for i in range(3))", "UNSUPPORTED_RETURN"),
    "a placeholder": ("return ...", "UNSUPPORTED_RETURN"),
    "an array of objects": ("import numpy\n    return numpy.array([{}])", "UNSUPPORTED_RETURN"),
    "itself": ("a = []\n    a.append(a)\n    return a", "UNSUPPORTED_RETURN"),
    "a dict with odd keys": ("return {1.5: 2}", "UNSUPPORTED_RETURN"),
    "twenty megabytes": ("return b'x' * 20_000_000", "UNSUPPORTED_RETURN"),
}


def failure_of(function, *args):
    with pytest.raises(Failure) as failed:
        function(*args)
    return failed.value


def test_a_function_is_called_with_copies_of_its_arguments(session):
    """Values go over and come back; what the function does to its own copy stays there."""
    session.run_cell(1, "def double(x):\n    x *= 2\n    return x, {1: x.sum(), (0, 1): 'two'}")
    x = np.arange(3)

    doubled, rest = session.function("double")(x)

    assert doubled.tolist() == [0, 2, 4]
    assert rest == {1: 6, (0, 1): "two"}
    assert x.tolist() == [0, 1, 2]


def test_a_changed_argument_can_be_seen(session):
    """`in_place` hands over the arguments themselves and copies back what became of them."""
    session.run_cell(1, "def spoil(x, params, table):\n    x += 1\n    params[0][0][:] = 7\n    table[3] = 4")
    x, params, table = np.zeros(2), [(np.zeros(1), np.zeros(1))], {1: 2}

    session.function("spoil").in_place(x, params, table)

    assert x.tolist() == [1, 1]
    assert params[0][0].tolist() == [7]
    assert table == {1: 2, 3: 4}


def test_a_generator_moves_on(session):
    """Draws of the student's function move the check's generator on, as they would in the notebook."""
    session.run_cell(1, "def draw(rng):\n    return rng.normal(size=3)")
    rng, twin = np.random.default_rng(5), np.random.default_rng(5)

    first, second = session.function("draw")(rng), session.function("draw")(rng)

    np.testing.assert_array_equal(np.concatenate([first, second]), twin.normal(size=6))


def test_a_function_can_be_passed_in(session):
    """A callable crosses as a handle and is called back on this side."""
    session.run_cell(1, "def twice(f, x):\n    return f(x) + f(x + 1)")

    assert session.function("twice")(lambda x: float((x**2).sum()), np.array([1.0, 2.0])) == 5 + 13


def test_an_error_of_a_passed_function_is_the_students_to_see(session):
    """A handle that raises raises in the student's code."""
    session.run_cell(
        1, "def call(f):\n    try:\n        f('text')\n    except ValueError as error:\n        return str(error)"
    )

    assert "TypeError" in session.function("call")(lambda x: x / 2)


@pytest.mark.parametrize(("body", "code"), MISHAPS.values(), ids=MISHAPS.keys())
def test_a_mishap_costs_only_its_own_call(session, body, code):
    """The cells before it are replayed in a fresh worker and grading goes on."""
    session.run_cell(1, f"def good():\n    return 3\ndef bad():\n    {body}")

    failure = failure_of(session.function("bad"))

    assert failure.code == code
    assert session.function("good")() == 3


@pytest.mark.parametrize("source", ["import os\nos._exit(3)", "while True: pass", "import ctypes; ctypes.string_at(0)"])
def test_a_cell_that_ends_the_worker_is_skipped(session, source):
    """Definitions of the cells before and after it are there."""
    session.run_cell(1, "def before():\n    return 1")

    outcome = session.run_cell(2, source)
    session.run_cell(3, "def after():\n    return before() + 1")

    assert outcome.code in ("CRASHED", "TIMEOUT")
    assert session.function("after")() == 2


def test_a_cell_that_raises_says_which_line(session):
    """The outcome names the exception and the student's own line."""
    outcome = session.run_cell(4, "x = 1\ny = x / 0\n")

    assert (outcome.code, outcome.kind, outcome.line, outcome.line_number) == (
        "RAISED",
        "ZeroDivisionError",
        "y = x / 0",
        2,
    )


def test_a_cell_that_does_not_parse_says_which_line(session):
    """A syntax error is an outcome like any other."""
    outcome = session.run_cell(4, "x = 1\ndef f(:\n")

    assert (outcome.kind, outcome.line_number) == ("SyntaxError", 2)


def test_a_raising_function_names_the_students_line(session):
    """The failure holds the line, the exception and the arguments' shapes."""
    session.run_cell(1, "def f(A, B):\n    return A @ B")

    failure = failure_of(session.function("f", ("A", "B")), np.ones((2, 3)), np.ones((2, 3)))

    assert "`return A @ B`" in str(failure)
    assert "A (2, 3), B (2, 3)" in str(failure)


def test_a_stub_is_not_started(session):
    """The stub's NotImplementedError is told apart from a mistake."""
    session.run_cell(1, "def f():\n    raise NotImplementedError('f: your code here')")

    assert failure_of(session.function("f")).code == "NOT_STARTED"
    assert failure_of(session.function("g")).code == "NOT_DEFINED"


def test_two_timeouts_are_enough(zygote):
    """After two time-outs a function is not called again."""
    limits = Limits(call_seconds=0.2, submission_seconds=20)
    with Session(zygote, limits) as session:
        session.run_cell(1, "count = []\ndef slow():\n    while True: pass")
        codes = [failure_of(session.function("slow")).code for _ in range(3)]
        last = failure_of(session.function("slow"))

    assert codes == ["TIMEOUT"] * 3
    assert "not called again" in str(last)


def test_the_whole_submission_has_a_deadline(zygote):
    """When the time is used up every further call is TIMEOUT."""
    with Session(zygote, Limits(cell_seconds=5, submission_seconds=0.3)) as session:
        outcome = session.run_cell(1, "while True: pass")
        failure = failure_of(session.function("anything"))

    assert outcome.code == failure.code == "TIMEOUT"


def test_output_is_kept_up_to_a_limit(session):
    """A cell that prints without end costs no memory on this side."""
    outcome = session.run_cell(1, "for i in range(200_000): print('spam')")

    assert len(outcome.output) == 20_000


def test_magics_are_dropped_and_reported(session):
    """Decoration runs, shell commands do not; line numbers stay."""
    outcome = session.run_cell(1, "%matplotlib inline\n!touch here\nx = %time\n%time y = 3\nz = 1 / 0")

    assert outcome.dropped == ("!touch here", "x = %time")
    assert outcome.line_number == 5


@pytest.mark.parametrize(
    "line",
    [
        "%pip install otter-grader",
        "!pip3 install torch",
        "!python -m pip install x",
        "%load_ext autoreload",
        "!ls",
        "!unzip -qo x.zip",
    ],
)
def test_housekeeping_is_left_out_without_a_word(session, line):
    """What sets up the student's own notebook is no trouble here, and nothing to repair."""
    outcome = session.run_cell(1, f"{line}\nx = 3")

    assert (outcome.code, outcome.dropped) == ("", ())
    assert session.run_cell(2, "x + 1").code == ""


@pytest.mark.parametrize(
    ("body", "advice"),
    [
        ("x if x > 0 else 0", "np.where decides for each entry"),
        ("max(0, x)", "np.where decides for each entry"),
        ("__import__('math').exp(x)", "it got an array"),
        ("np.ones((2, 3)) @ np.ones((2, 3))", "the inner sizes have to agree"),
        ("np.ones((2, 3)) + x", "equal, or 1, from the right"),
    ],
)
def test_the_errors_of_beginners_come_with_advice(session, body, advice):
    """numpy's own words say what happened, not what to do."""
    session.run_cell(1, f"import numpy as np\ndef f(x):\n    return {body}")

    with pytest.raises(Failure, match=advice):
        session.function("f")(np.ones(2))


def test_an_error_names_the_function_in_which_it_happened(session):
    """The line that failed may be of an earlier exercise."""
    session.run_cell(1, "def inner(x):\n    return 1 / x\n\ndef outer(x):\n    return inner(x - x)")

    with pytest.raises(Failure, match=r"outer raised ZeroDivisionError: .* on your line `return 1 / x` in inner"):
        session.function("outer")(2.0)
    with pytest.raises(Failure, match=r"on your line `return 1 / x`\. It"):
        session.function("inner")(0)


def test_otter_does_nothing_in_a_worker(session):
    """The student's own self-checks neither fail nor cost anything."""
    outcome = session.run_cell(1, "import otter\ngrader = otter.Notebook()\ngrader.check('x')\ngrader.check_all()")

    assert outcome.code == ""


def test_the_answer_key_is_not_there(session):
    """`import nnref`, and anything else of the project, fails in the worker."""
    for module in ("nnref", "autograder", "assignments", "solutions"):
        assert session.run_cell(1, f"import {module}").kind == "ModuleNotFoundError"


def test_replaced_functions_are_called_on_this_side(session):
    """A reference takes the place of a student's function, also after the worker was lost."""
    session.run_cell(
        1,
        "import os\ndef helper(x):\n    return -1\ndef use(x):\n    return helper(x) + 1\ndef end():\n    os._exit(1)",
    )
    session.replace("helper", lambda x: 10 * x)

    assert session.function("use")(2) == 21
    failure_of(session.function("end"))
    assert session.function("use")(3) == 31


def resident_mb():
    """The memory of this process that is in use."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20


def test_a_replaced_function_refuses_enormous_numbers(session):
    """A student's code cannot make this side compute without end through a handle."""
    session.run_cell(1, "def helper(n): ...\ndef use():\n    return helper(10**12)")
    session.replace("helper", lambda n: list(range(n)))

    assert "beyond" in str(failure_of(session.function("use")))


def test_a_replaced_function_is_interrupted(zygote):
    """A handle that computes for too long raises in the student's code and the grader goes on."""
    with Session(zygote, Limits(call_seconds=1)) as session:
        session.run_cell(
            1,
            "def helper(): ...\ndef use():\n    return helper()",
        )
        session.replace("helper", lambda: all(True for _ in iter(int, 1)))
        failure = failure_of(session.function("use"))

    assert failure.code == "TIMEOUT"


def test_a_replaced_function_refuses_large_arrays(session):
    """One product of arrays of float16 takes a minute, and nothing can interrupt it."""
    session.run_cell(
        1,
        "import numpy as np\ndef helper(a, b): ...\n"
        "def use():\n    a = np.ones((1900, 1900), np.float16)\n    return helper([a], a)",
    )
    session.replace("helper", lambda a, b: a[0] @ b)

    assert "entries" in str(failure_of(session.function("use")))


def test_what_a_replaced_function_gives_is_within_its_memory(session):
    """A result that is small here and large in a frame does not stay in the grader's memory."""
    session.run_cell(1, "def helper(): ...\ndef use():\n    return len(helper())")
    session.replace("helper", lambda: [bytes(2**20)] * 400)

    assert failure_of(session.function("use")).code == "RAISED"
    assert resident_mb() < 600


def test_calls_in_advance_are_refused(session):
    """A worker that sends before it is answered cannot keep this side busy beyond the deadline."""
    session.run_cell(
        1,
        "import os, sys\nwire = sys.modules['worker.wire']\ndef helper(): ...\n"
        "def use():\n    frame = wire.dumps({'call_back': helper.number, 'args': (), 'kwargs': {}})\n"
        "    os.write(61, frame * 30)\n    return helper()",
    )
    calls = []
    session.replace("helper", lambda: calls.append(1))

    assert failure_of(session.function("use")).code == "PROTOCOL"
    assert len(calls) <= 1


def test_a_signal_without_a_name_ends_a_worker_like_any_other(session):
    """Real-time signals are not in Python's list."""
    session.run_cell(1, "import os\ndef end():\n    os.kill(os.getpid(), 35)")

    assert failure_of(session.function("end")).code == "CRASHED"


def test_a_long_cell_runs(session):
    """A notebook may have everything in one cell."""
    assert session.run_cell(1, "x = 3  # " + 50_000 * "é").code == ""


@pytest.mark.parametrize("body", ["np.frompyfunc(lambda v: v * 2.5, 1, 1)(x)", "np.array([5, 2.5], dtype=object)"])
def test_arrays_of_python_numbers_are_arrays_of_numbers(session, body):
    """np.frompyfunc gives arrays of objects; what they hold are numbers."""
    session.run_cell(1, f"import numpy as np\ndef f(x):\n    return {body}")

    got = session.function("f")(np.array([2.0, 1.0]))

    assert got.dtype == float
    assert got.tolist() == [5, 2.5]


def test_an_error_is_told_whatever_was_printed(session):
    """Output is cut by its bytes, so that the answer that holds it can be sent."""
    outcome = session.run_cell(1, "print(30_000 * 'é')\n1 / 0")

    assert (outcome.code, outcome.kind) == ("RAISED", "ZeroDivisionError")
    assert 9_000 < len(outcome.output) <= 10_000


def test_what_jupyter_has_is_there(session):
    """Rich output and progress bars do nothing, and answers that use them run."""
    outcome = session.run_cell(
        1,
        "from IPython.display import HTML, display as show\nfrom tqdm.auto import tqdm\nimport IPython\n"
        "def total(n):\n    display(HTML('x'))\n    show(n)\n    get_ipython().run_line_magic('matplotlib', 'inline')\n"
        "    return sum(tqdm(range(n), desc='adding'))",
    )

    assert outcome.code == ""
    assert session.function("total")(4) == 6


def test_a_generator_moves_on_through_a_function_of_this_side(session):
    """Two draws through a handle are two different draws, the same as without the detour."""
    session.run_cell(1, "def draw(rng): ...\ndef twice(rng):\n    return [draw(rng), draw(rng)]")
    session.replace("draw", lambda rng: rng.normal())
    twin = np.random.default_rng(8)

    assert session.function("twice")(np.random.default_rng(8)) == [twin.normal(), twin.normal()]


def test_collecting_garbage_does_not_close_the_pipes(session):
    """What the zygote had open under a low number may be closed in a worker; the pipes to this side stay."""
    session.run_cell(1, "import gc, os\ndef clean():\n    os.closerange(3, 50)\n    return gc.collect() >= 0")

    assert session.function("clean")() is True
    assert session.function("clean")() is True

"""Public checks of random_tanh_features. Generated from public.py of hw8_landscape; do not edit.

The checks stand at the end of this file; above them is how they call a function and compare its results.
"""

import inspect
import linecache
import math

import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "random_tanh_features"
points = None


class Failure(AssertionError):
    """A check that did not pass: `code` for the report, the message for the student, `slip` for a named pattern."""

    def __init__(self, code, message, slip=None):
        """Keep the code (WRONG, SHAPE, ...), the sentence with angle brackets replaced, and the slip's name."""
        self.code, self.slip = code, slip
        super().__init__(message.replace("<", "\u2039").replace(">", "\u203a"))


class Raised(Exception):
    """What a student's function raised, when it ran in another process: kind, text, the line and its function."""

    def __init__(self, kind, text, line, place=""):
        """Keep the exception's class name, its text, the source line and where it stands (all untrusted text)."""
        super().__init__(kind, text, line, place)
        self.kind, self.text, self.line, self.place = kind, text, line, place


def brief(value):
    """A value in a few characters: the shape of an array, the length of a list, a number."""
    if isinstance(value, np.ndarray):
        return str(value.shape)
    if isinstance(value, (list, tuple, dict)):
        return f"a {type(value).__name__} of {len(value)}"
    return digits(value) if isinstance(value, (bool, int, float, np.number)) else f"a {type(value).__name__}"


def digits(value):
    """A number to six digits."""
    return f"{value:.6g}" if isinstance(value, (float, np.floating)) else str(value)


ADVICE = (  # for what numpy says to beginners most often
    (
        "truth value of an array",
        "`if`, `and` and `max` decide once, but this is an array: np.where decides for each entry.",
    ),
    ("converted to Python scalar", "This takes one number, but it got an array: numpy's own functions take arrays."),
    ("mismatch in its core dimension", "Write the shapes of both factors side by side: the inner sizes have to agree."),
    ("could not be broadcast", "Write the shapes below each other: sizes have to be equal, or 1, from the right."),
)
PLAIN_TYPES = (bool, int, float, complex, str, bytes, type(None))


def run(check, functions, seed):
    """Run one check: its parameters name the functions it needs, and `rng`; a `Failure` says what is wrong."""
    rng = np.random.default_rng(seed)
    needed = check.__code__.co_varnames[: check.__code__.co_argcount]
    check(**{name: rng if name == "rng" else _guarded(name, functions.get(name)) for name in needed})


def _guarded(name, function):
    return function if isinstance(function, Guarded) else Guarded(name, function)


class Guarded:
    """A student's function as checks call it: arguments are copies, and whatever goes wrong is a `Failure`."""

    def __init__(self, name, function, parameters=()):
        """Wrap `function`; `parameters` names its arguments in messages (default: read from its signature)."""
        self.name, self.function = name, function
        self.parameters = tuple(parameters) or _parameter_names(function)

    def __call__(self, *args, **kwargs):
        """Call the function on copies of the arguments and give its result."""
        return self._call(copied(args), copied(kwargs), args)

    def in_place(self, *args):
        """Call the function on the arguments themselves, so that a caller can see what it did to them."""
        return self._call(args, {}, copied(args))

    def _call(self, args, kwargs, shown):
        if not callable(self.function):
            raise Failure(
                "NOT_DEFINED", f"{self.name} is not defined yet. Run the cell that defines it, then this one."
            )
        try:
            result = self.function(*args, **kwargs)
        except (Failure, KeyboardInterrupt):
            raise
        except Raised as error:
            raise self._failure(error.kind, error.text, error.line, error.place, shown) from None
        except BaseException as error:
            line, place = _students_line(error)
            raise self._failure(type(error).__name__, str(error), line, place, shown) from None
        try:
            return plain(self.name, result)
        except RecursionError:
            raise unsupported(self.name, "list that contains itself") from None

    def _failure(self, kind, text, line, place, shown):
        if kind == "NotImplementedError" and "your code here" in text:
            return Failure(
                "NOT_STARTED", f"{self.name} is not started yet: write its body, run its cell, then this one."
            )
        given = ", ".join(f"{name} {brief(value)}" for name, value in zip(self.parameters, shown, strict=False))
        where = f" on your line `{line}`" if line else ""
        where += f" in {place}" if where and place not in ("", self.name, "<module>", "<lambda>") else ""
        text = f": {text}" if text else ""
        code = "MEMORY" if kind == "MemoryError" else "RAISED"
        given = f" It was given {given}." if given else ""
        advice = next((f" {words}" for known, words in ADVICE if known in text), "")
        return Failure(code, f"{self.name} raised {kind}{text}{where}.{given}{advice}")


def copied(value):
    """A deep copy in which generators and functions stay the same objects: their state is meant to move on."""
    if isinstance(value, (list, tuple)):
        return type(value)(copied(item) for item in value)
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    return value.copy() if isinstance(value, np.ndarray) else value


def plain(name, value):
    """What a function returned as plain data: arrays, numbers, lists, tuples, dicts; anything else is a failure.

    A defaultdict is a dict, a named tuple a tuple, a matrix an array, and a dict's key may be a number of numpy.
    """
    if isinstance(value, (list, tuple)):
        items = [plain(name, item) for item in value]
        return tuple(items) if isinstance(value, tuple) else items
    if isinstance(value, dict):
        return {_plain_key(name, key): plain(name, item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return _without_objects(np.asarray(value))
    if type(value) in PLAIN_TYPES or isinstance(value, np.generic):
        return value
    raise unsupported(name, type(value).__name__)


def _without_objects(array):
    """An array of Python numbers (np.frompyfunc makes such) as an array of numpy's numbers."""
    if array.dtype != object:
        return array
    try:
        numbers = np.array(array.tolist())
    except ValueError:
        return array
    return numbers if numbers.shape == array.shape and numbers.dtype.kind in "biuf" else array


def _plain_key(name, key):
    if isinstance(key, tuple):
        return tuple(_plain_key(name, part) for part in key)
    if type(key) is str or isinstance(key, (int, np.integer)):
        return key if type(key) is str else int(key)
    raise unsupported(name, f"dict with a key of type {type(key).__name__}")


def unsupported(name, kind):
    """The failure of a function that returned something else than data."""
    if kind == "ellipsis":
        return Failure("UNSUPPORTED_RETURN", f"{name} returned `...`, the placeholder. Put your result there.")
    return Failure(
        "UNSUPPORTED_RETURN",
        f"{name} returned something that cannot be checked ({kind}); expected numbers, arrays, lists, tuples or dicts.",
    )


def unchanged(function, *args):
    """Call `function` (a `Guarded`) on `args` and fail if it changed one of them; gives the result."""
    before = copied(args)
    result = function.in_place(*args)
    for name, old, new in zip(function.parameters, before, args, strict=False):
        if not _identical(old, new):
            raise Failure(
                "CHANGED_ARGUMENT",
                f"{function.name} changed its argument {name}. Build a new array instead: a caller may still need it.",
            )
    return result


def _identical(old, new):
    if isinstance(old, (list, tuple)):
        return type(old) is type(new) and len(old) == len(new) and all(map(_identical, old, new))
    if isinstance(old, dict):
        return type(new) is dict and list(old) == list(new) and all(_identical(old[key], new[key]) for key in old)
    if isinstance(old, np.ndarray):
        return old.dtype == new.dtype and np.array_equal(old, new, equal_nan=old.dtype.kind in "fc")
    return True if not isinstance(old, PLAIN_TYPES) else old == new


def _parameter_names(function):
    try:
        return tuple(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return ()


def _students_line(error):
    """The last line of the student's own code that led to the error, and the function in which it stands."""
    own_file = _students_line.__code__.co_filename
    trace, found = error.__traceback__, ("", "")
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename != own_file and "site-packages" not in code.co_filename:
            line = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            found = (line, code.co_name) if line else found
        trace = trace.tb_next
    return found


RTOL, ATOL = 1e-5, 1e-8
FLOAT32_RTOL, FLOAT32_ATOL = 1e-3, 1e-5
SINGLE = {np.dtype(np.float32), np.dtype(np.float16)}


def require(condition, message, code="WRONG"):
    """Fail with `message` unless `condition` is true."""
    if not bool(condition):
        raise Failure(code, message)


def equal(name, got, expected, *, axes="", rtol=RTOL, atol=ATOL, examples=None, slips=None):
    """Fail unless `got` equals `expected`: structure first, then every shape, then values.

    Args:
        name: what it is, for messages; "dX, dW, db" names the parts of a tuple.
        got: the student's value.
        expected: an array, a number, or tuples, lists and dicts of them.
        axes: the shape in words, such as "(N, fan_in)"; one string a part for a tuple.
        rtol: allowed error relative to the expected entry.
        atol: allowed absolute error.
        examples: N, so that a sum in place of a mean over N (or the reverse) can be named.
        slips: named wrong values, {"summed over the wrong axis": array}; a match is said.
    """
    parts = list(_parts(name, got, expected, axes))
    arrays = [array(part, value, np.shape(want), words) for part, value, want, words in parts]
    for (part, _, want, _), values in zip(parts, arrays, strict=True):
        _same_values(part, values, np.asarray(want), rtol, atol, examples, slips or {})


def unpack(got, *names):
    """The parts of a returned tuple or list, or a failure that says which parts are expected."""
    wanted = f"expected {len(names)} results: {', '.join(names)}"
    if got is None:
        raise Failure("UNSUPPORTED_RETURN", f"The function returned None; {wanted}. Does it end with a return?")
    if not isinstance(got, (tuple, list)):
        raise Failure("SHAPE", f"The function returned {brief(got)}; {wanted}.")
    if len(got) != len(names):
        raise Failure("SHAPE", f"The function returned {len(got)} results; {wanted}.")
    return list(got)


def array(name, got, shape, axes="", finite=False):
    """`got` as a float64 (or bool, int) array of exactly `shape`; a failure says what it is instead.

    `(n, 1)` and `(1, n)` are taken for `(n,)`, and an array of one entry for a number. An entry of None in
    `shape` allows any length.
    """
    values = _as_numbers(name, got)
    if (values.size == 1 and shape == ()) or (
        len(shape) == 1 and values.ndim == 2 and values.shape in ((values.size, 1), (1, values.size))
    ):
        values = values.reshape((values.size,) if shape else ())
    if len(values.shape) != len(shape) or any(
        want not in (None, have) for have, want in zip(values.shape, shape, strict=True)
    ):
        flipped = values.shape == tuple(shape)[::-1] and None not in shape
        raise Failure(
            "SHAPE",
            f"{name} has shape {values.shape}, expected {_shape_in_words(shape, axes)}.",
            "transposed" if flipped else None,
        )
    if finite:
        _require_finite(name, values)
    return values


def number(name, got):
    """`got` as a finite float."""
    return float(array(name, got, (), finite=True))


def slopes(function, x, step=1e-6):
    """Central finite differences of `function` (array -> float) at `x`: an array of x's shape."""
    return slopes_and_kinks(function, x, step)[0]


def slopes_and_kinks(function, x, step=1e-6):
    """Finite differences, and where the slopes to the left and to the right differ: there `x` sits on a kink."""
    x = np.asarray(x, dtype=float)
    middle, directions = function(x), step * np.eye(x.size).reshape((x.size, *x.shape))
    right = np.array([function(x + d) - middle for d in directions]).reshape(x.shape) / step
    left = np.array([middle - function(x - d) for d in directions]).reshape(x.shape) / step
    return (left + right) / 2, np.abs(right - left) > 1e-2 * (np.abs(left) + np.abs(right)) + 1e-3


# ---- the patterns of a wrong value ----------------------------------------------------------------------------


def _same_values(name, got, expected, rtol, atol, examples, slips):
    if np.all(np.isfinite(expected)):
        _require_finite(name, got)
    if {got.dtype, expected.dtype} & SINGLE:  # what is expected may come from another function of the student's
        rtol, atol = max(rtol, FLOAT32_RTOL), max(atol, FLOAT32_ATOL)
    right = _close(got, expected, rtol, atol)
    if right.all():
        return
    slip, pattern = _slip(name, got, expected, rtol, atol, examples, slips)
    index = tuple(int(i) for i in np.argwhere(~right)[0])
    entry = f"{name}{list(index)}" if index else name
    wrong = np.sum(~right)
    verb = "is" if wrong == 1 else "are"
    count = f"{wrong} of {right.size} entries of {name} {verb} wrong. " if right.size > 1 else ""
    raise Failure(
        "WRONG", f"{count}{entry} is {digits(got[index])}, expected {digits(expected[index])}.{pattern}", slip
    )


def _slip(name, got, expected, rtol, atol, examples, slips):
    for slip, value in slips.items():
        if np.shape(value) == got.shape and _close(got, np.asarray(value), rtol, atol).all():
            return slip, f" This is what one gets when it is {slip}."
    if got.ndim == 2 and got.shape[0] == got.shape[1] > 1 and _close(got.T, expected, rtol, atol).all():
        return "transposed", f" {name} is transposed."
    factor = _common_factor(got, expected, rtol, atol)
    if factor is None:
        return None, ""
    if math.isclose(factor, -1, rel_tol=1e-4):
        return "sign", f" Every entry of {name} has the wrong sign."
    names = (
        {2.0: "factor 2", 0.5: "half"}
        if examples is None
        else {2.0: "factor 2", 0.5: "half", float(examples): "summed", 1 / examples: "averaged"}
    )
    slip = next((word for value, word in names.items() if math.isclose(factor, value, rel_tol=1e-4)), None)
    if slip is None and got.size == 1:
        return None, ""
    if got.size == 1:  # a single number may be off by 2 or 1/2 by chance: said, but no slip
        return slip if slip in ("summed", "averaged") else None, f" It is off by a factor {digits(factor)}."
    return slip or "factor", f" Every entry of {name} is off by the same factor, {digits(factor)}."


def _common_factor(got, expected, rtol, atol):
    large = np.abs(expected) > 100 * atol
    if not large.any() or np.sum(large) < 2 <= expected.size:
        return None
    with np.errstate(all="ignore"):
        factor = float(np.median(got[large] / expected[large]))
    alike = np.isfinite(factor) and factor != 0 and _close(got, factor * expected, 10 * rtol, 10 * atol).all()
    return factor if alike else None


def _close(got, expected, rtol, atol):
    with np.errstate(invalid="ignore", over="ignore"):
        near = np.abs(got - expected) <= atol + rtol * np.abs(expected)
    return np.where(np.isfinite(expected), near, got == expected)


# ---- structure ------------------------------------------------------------------------------------------------


def _parts(name, got, expected, axes):
    if isinstance(expected, dict):
        yield from _dict_parts(name, got, expected, axes)
    elif isinstance(expected, tuple) or (isinstance(expected, list) and not _is_vector(name, expected)):
        names = name.split(", ") if ", " in name else [f"{name}[{i}]" for i in range(len(expected))]
        words = axes if isinstance(axes, (tuple, list)) else [axes] * len(names)
        got = list(got) if isinstance(got, np.ndarray) and got.ndim else got
        for part, value, want, axis in zip(names, unpack(got, *names), expected, words, strict=True):
            yield from _parts(part, value, want, axis)
    else:
        yield name, got, expected, axes


def _is_vector(name, expected):
    return ", " not in name and not any(isinstance(item, (dict, list, tuple, np.ndarray)) for item in expected)


def _dict_parts(name, got, expected, axes):
    if not isinstance(got, dict):
        raise Failure("UNSUPPORTED_RETURN" if got is None else "SHAPE", f"{name} is {brief(got)}, expected a dict.")
    missing, extra = sorted(set(expected) - set(got)), [key for key in got if key not in expected]
    if missing:
        raise Failure("SHAPE", f"{name} has no entry {missing[0]}; expected {len(expected)} entries, got {len(got)}.")
    if extra:
        raise Failure("SHAPE", f"{name} has an entry {extra[0]!r} that does not belong there.")
    for key, want in expected.items():
        yield from _parts(f"{name}[{key}]", got[key], want, axes)


def _as_numbers(name, got):
    if got is None:
        raise Failure("UNSUPPORTED_RETURN", f"{name} is None. Does every path through your function end with a return?")
    try:
        values = np.asarray(got)
    except (ValueError, TypeError):
        raise Failure(
            "SHAPE", f"{name} is {brief(got)} whose rows have different lengths; expected an array."
        ) from None
    if values.dtype.kind not in "biuf":
        kind = "complex numbers" if values.dtype.kind == "c" else brief(got)
        raise Failure("DTYPE", f"{name} holds {kind}; expected real numbers.")
    return values if values.dtype in (np.float32, np.float16) else values.astype(float)


def _require_finite(name, values):
    finite = np.isfinite(values)
    if not finite.all():
        index = [int(i) for i in np.argwhere(~finite)[0]]
        raise Failure(
            "NONFINITE",
            f"{name}{index if index else ''} is {values[tuple(index)]}; every entry has to be a finite number.",
        )


def _shape_in_words(shape, axes):
    shape = str(tuple(shape)).replace("None", "any")
    return f"{axes} = {shape}" if axes else "a number" if shape == "()" else shape


# ---- the checks of random_tanh_features ----------------------------------------------------------------------


def units_without_offsets_are_odd(random_tanh_features, rng):
    """With offset_scale 0, the features of -x are minus those of x, and those of the origin are 0."""
    X = rng.normal(size=(4, 3))
    both = random_tanh_features(rng, np.vstack([X, -X, np.zeros((1, 3))]), 5, 0)
    features = array("features", both, (9, 5), "(N, n_units)", finite=True)
    equal("features of -x", features[4:8], -features[:4], axes="(N, n_units)")
    equal("features of the origin", features[8], np.zeros(5))
    require(np.all(np.abs(features[:4]) > 0), "A feature of a point that is not the origin is 0.")


@test_case(
    name='With offset_scale 0, the features of -x are minus those of x, and those of the origin are 0.',
    points=0.5,
    hidden=False,
    success_message=None,
)
def test_units_without_offsets_are_odd(env):
    run(units_without_offsets_are_odd, env, 3567934032)  # this line is the test's, not yours; what was found:


def one_layer_serves_all_examples(random_tanh_features, rng):
    """Equal rows of X have equal features, between -1 and 1; other units have other features."""
    X = np.array([[0.5, -1.5], [2.0, 0.25], [0.5, -1.5]])
    features = array("features", random_tanh_features(rng, X, 6, 0.7), (3, 6), "(N, n_units)", finite=True)
    equal("features of the same point again", features[2], features[0])
    require(np.all(np.abs(features) <= 1), "A feature lies outside -1 to 1.")
    require(len(np.unique(features[0])) == 6, "Two units have the same feature: has each a draw of its own?")


@test_case(
    name='Equal rows of X have equal features, between -1 and 1; other units have other features.',
    points=0.5,
    hidden=False,
    success_message=None,
)
def test_one_layer_serves_all_examples(env):
    run(one_layer_serves_all_examples, env, 1075089106)  # this line is the test's, not yours; what was found:


def ten_units_make_xor_linearly_separable(random_tanh_features, rng):
    """A weighted sum of ten random features, with offsets, has the sign of XOR at all four corners."""
    corners, y = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]]), np.array([-1.0, 1.0, 1.0, -1.0])
    features = array("features", random_tanh_features(rng, corners, 10, 1.0), (4, 10), "(N, n_units)", finite=True)
    weights = np.linalg.lstsq(features.astype(float), y, rcond=None)[0]
    right = int(np.sum(y * (features @ weights) > 0.5))
    require(right == 4, f"The best weighted sum is right at {right} of 4 corners.")


@test_case(
    name='A weighted sum of ten random features, with offsets, has the sign of XOR at all four corners.',
    points=1,
    hidden=False,
    success_message='These are the public checks; more run when this is graded.',
)
def test_ten_units_make_xor_linearly_separable(env):
    run(ten_units_make_xor_linearly_separable, env, 1215270963)  # this line is the test's, not yours; what was found:

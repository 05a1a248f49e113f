"""How a check calls a student's function: on copies, with every mishap turned into a `Failure`.

The builder pastes this file, after `failure.py`, into the tests that students receive; it depends on numpy alone.
"""

import inspect
import linecache

import numpy as np

from autograder.failure import Failure, Raised, brief

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

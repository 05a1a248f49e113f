"""What a check says about a value.

The builder pastes this file, after `failure.py`, into the tests that students receive; it depends on numpy alone.
A comparison passes only by being positively true, so NaN and objects that lie about equality fail.
"""

import math

import numpy as np

from autograder.failure import Failure, brief, digits

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

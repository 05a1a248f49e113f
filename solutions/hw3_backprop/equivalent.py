"""Mutants of hw3's answers that no check can notice, each with the reason. `make verify` lists them as explained."""

_AT_ZERO = "differs at z = 0 only, where the lectures disagree and no check scores a value"
_ARRAYS = "the docstring promises arrays; the conversion is for callers that pass lists"
_WHOLE = "whole numbers in place of floats of the same value are accepted as right"
_LENGTHS = "one target an output is promised; the lengths are equal for every allowed input"
_SCALE = "the common scale cancels; it keeps squares of extreme entries from overflowing, which is not promised"

EQUIVALENT = {
    "relu_grad": {
        "return np.heaviside(z, 0.0) => return np.heaviside(z, 1.0)": _AT_ZERO,
        "return np.heaviside(z, 0.0) => return np.heaviside(z, -1.0)": _AT_ZERO,
    },
    "two_neuron_gradients": {
        "z = np.asarray(w1) * x => z = w1 * x": _ARRAYS,
        "return (dg * np.asarray(w2) * relu_grad(z) * x, dg * relu(z))"
        " => return (dg * w2 * relu_grad(z) * x, dg * relu(z))": _ARRAYS,
    },
    "squared_error_grad": {
        "return 2.0 * np.subtract(g, y, dtype=float) / len(np.atleast_1d(g))"
        " => return 2.0 * np.subtract(g, y) / len(np.atleast_1d(g))": "the factor 2.0 makes floats in any case",
    },
    "linear_backward": {
        "dZ = np.asarray(dZ, dtype=float) => pass": _WHOLE,
        "dZ = np.asarray(dZ, dtype=float) => dZ = dZ": _WHOLE,
        "dZ = np.asarray(dZ, dtype=float) => dZ = np.asarray(dZ)": _WHOLE,
    },
    "graph_backprop": {
        "targets = dict(zip(outputs, np.atleast_1d(y), strict=True))"
        " => targets = dict(zip(outputs, np.atleast_1d(y)))": _LENGTHS,
        "targets = dict(zip(outputs, np.atleast_1d(y), strict=True))"
        " => targets = dict(zip(outputs, np.atleast_1d(y), strict=False))": _LENGTHS,
    },
    "numerical_gradient": {
        "gradient = np.zeros(np.shape(theta)) => gradient = np.ones(np.shape(theta))": "every entry is written",
    },
    "relative_error": {
        f"scale = max(np.max(np.abs(a)), np.max(np.abs(b))) => scale = {other}": _SCALE
        for other in (
            "max(np.max(np.abs(b)), np.max(np.abs(a)))",
            "max(np.min(np.abs(a)), np.max(np.abs(b)))",
            "max(np.max(a), np.max(np.abs(b)))",
            "max(np.max(np.abs(a)), np.min(np.abs(b)))",
            "max(np.max(np.abs(a)), np.max(b))",
        )
    }
    | {
        f"a, b = (np.asarray(a) / scale, np.asarray(b) / scale) => {other}": reason
        for other, reason in (
            ("pass", _SCALE),
            ("a, b = (np.asarray(b) / scale, np.asarray(a) / scale)", "the error is the same with a and b exchanged"),
            ("a, b = (a / scale, np.asarray(b) / scale)", _ARRAYS),
            ("a, b = (np.asarray(a) / scale, b / scale)", _ARRAYS),
        )
    },
}

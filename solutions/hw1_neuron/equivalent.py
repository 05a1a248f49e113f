"""Mutants of hw1's answers that no check can notice, each with the reason. `make verify` lists them as explained."""

_SYMMETRIC = "the function gives the same with its two arguments exchanged"
_DOT = "the dot product of two vectors does not depend on their order"
_UNSIGNED = "differs for unsigned integers and truth values only, which the docstring does not promise to take"
_CORNER = "differs at z = 0 only, where the lectures disagree and no check scores a value"
_COPY = "every step makes a new array; without a step, whole numbers of the same value are accepted as right"


def _changes(before, reason, *afters):
    return {f"{before} => {after}": reason for after in afters}


EQUIVALENT = {
    "logistic": _changes(
        "return np.exp(-np.logaddexp(0.0, -1.0 * z))",
        _SYMMETRIC,
        "return np.exp(-np.logaddexp(-1.0 * z, 0.0))",
    ),
    "relu": _changes("return np.maximum(z, 0.0)", _SYMMETRIC, "return np.maximum(0.0, z)"),
    "softplus": _changes("return np.logaddexp(0.0, z)", _SYMMETRIC, "return np.logaddexp(z, 0.0)"),
    "squared_error": _changes(
        "errors = np.atleast_1d(np.subtract(g, y, dtype=float))",
        _UNSIGNED,
        "errors = np.atleast_1d(np.subtract(g, y))",
    )
    | _changes(
        "errors = np.atleast_1d(np.subtract(g, y, dtype=float))",
        "the square of an error does not depend on its sign",
        "errors = np.atleast_1d(np.subtract(y, g, dtype=float))",
    ),
    "log_loss": _changes(
        "likelihood = np.where(np.equal(y, 1), p, 1.0 - p)",
        _SYMMETRIC,
        "likelihood = np.where(np.equal(1, y), p, 1.0 - p)",
    )
    | _changes(
        "return float(0.0 - np.mean(np.log(np.maximum(likelihood, np.finfo(float).tiny))))",
        _SYMMETRIC,
        "return float(0.0 - np.mean(np.log(np.maximum(np.finfo(float).tiny, likelihood))))",
    ),
    "hinge_loss": _changes(
        "return float(np.mean(np.maximum(0.0, 1.0 - np.multiply(y, f))))",
        _SYMMETRIC,
        "return float(np.mean(np.maximum(1.0 - np.multiply(y, f), 0.0)))",
        "return float(np.mean(np.maximum(0.0, 1.0 - np.multiply(f, y))))",
    ),
    "perceptron_loss": _changes(
        "return float(np.mean(np.maximum(0.0, (1.0 - 2.0 * y) * np.dot(x, w))))",
        _SYMMETRIC,
        "return float(np.mean(np.maximum((1.0 - 2.0 * y) * np.dot(x, w), 0.0)))",
    ),
    "zero_one_loss": _changes(
        "return float(np.mean(np.not_equal(predicted, y)))",
        _SYMMETRIC,
        "return float(np.mean(np.not_equal(y, predicted)))",
    ),
    "neuron_forward": _changes("z = float(w[0] + np.dot(w[1:], x))", _DOT, "z = float(w[0] + np.dot(x, w[1:]))"),
    "linear_neuron_grad": _changes("return 2.0 * (np.dot(w, x) - y) * x", _DOT, "return 2.0 * (np.dot(x, w) - y) * x"),
    "relu_neuron_grad": _changes("z = np.dot(w, x)", _DOT, "z = np.dot(x, w)")
    | _changes(
        "return 2.0 * (relu(z) - y) * (z > 0) * x",
        _CORNER,
        "return 2.0 * (relu(z) - y) * (z >= 0) * x",
    ),
    "train_neuron": _changes("w = np.array(w, dtype=float)", _COPY, "pass", "w = w", "w = np.array(w)"),
}

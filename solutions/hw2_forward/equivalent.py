"""Mutants of hw2's answers that no check can notice, each with the reason. `make verify` lists them as explained."""

_WHOLE = "whole numbers in place of floats of the same value are accepted as right"
_LENGTHS = "one activation a layer is promised; the lengths are equal for every allowed input"

EQUIVALENT = {
    "linear_forward": {
        "return np.asarray(X, dtype=float) @ W + b => return X @ W + b": _WHOLE,
        "return np.asarray(X, dtype=float) @ W + b => return np.asarray(X) @ W + b": _WHOLE,
    },
    "collapse_linear": {
        "W2 = np.asarray(W2, dtype=float) => pass": _WHOLE,
        "W2 = np.asarray(W2, dtype=float) => W2 = W2": _WHOLE,
        "W2 = np.asarray(W2, dtype=float) => W2 = np.asarray(W2)": _WHOLE,
    },
    "mlp_forward": {
        "Zs, As = ([], [np.array(X, dtype=float)]) => Zs, As = ([], [X])": "As[0] may be X itself",
        "Zs, As = ([], [np.array(X, dtype=float)]) => Zs, As = ([], [np.array(X)])": _WHOLE,
        "for (W, b), activation in zip(params, activations, strict=True):"
        " => for (W, b), activation in zip(params, activations):": _LENGTHS,
        "for (W, b), activation in zip(params, activations, strict=True):"
        " => for (W, b), activation in zip(params, activations, strict=False):": _LENGTHS,
    },
    "graph_forward": {
        "a = np.concatenate([[1.0], x, np.zeros(n - len(x))])"
        " => a = np.concatenate([[1.0], x, np.ones(n - len(x))])": "every entry is written before it is read",
    },
}

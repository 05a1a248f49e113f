"""Mutants of hw6's answers that no check can notice, each with the reason. `make verify` lists them as explained."""

_ARRAYS = "the docstring promises arrays; the conversion is for callers that pass lists"
_WHOLE = "a product with a broken number is broken anyway; the conversion gives floats also where all numbers are whole"
_SMALL = "matters for integers of eight or sixteen bits only, which overflow; no notebook makes them"
_EVENT = "differs if a draw hits drop_prob exactly, which happens with probability 0"
_OWN = "in evaluation the running values themselves are accepted as well as copies of them"

_STEP = "w, grad = (np.asarray(w, dtype=float), np.asarray(grad, dtype=float))"
_LAYER = "A = np.asarray(A, dtype=float)"
_MASK = "mask = (rng.random(A.shape) {} drop_prob) / (1 - drop_prob) if training else np.ones(A.shape)"
_RETURN = "return np.asarray(dout, dtype=float) * mask"
_VALUES = "X, old_mean, old_var = ({} for values in (X, running_mean, running_var))"
_BACK = "X, dout = (np.asarray(X, dtype=float), np.asarray(dout, dtype=float))"

EQUIVALENT = {
    "l2_cost": {
        "penalty = sum((np.sum(np.square(w, dtype=float)) for w in weights))"
        " => penalty = sum((np.sum(np.square(w)) for w in weights))": _SMALL,
    },
    "weight_decay_step": {
        f"{_STEP} => pass": _ARRAYS,
        f"{_STEP} => w, grad = (w, np.asarray(grad, dtype=float))": _ARRAYS,
        f"{_STEP} => w, grad = (np.asarray(w, dtype=float), grad)": _ARRAYS,
        f"{_STEP} => w, grad = (np.asarray(w), np.asarray(grad, dtype=float))": _WHOLE,
        f"{_STEP} => w, grad = (np.asarray(w, dtype=float), np.asarray(grad))": _WHOLE,
    },
    "dropout_forward": {
        f"{_LAYER} => pass": _ARRAYS,
        f"{_LAYER} => A = A": _ARRAYS,
        f"{_LAYER} => A = np.asarray(A)": _WHOLE,
        f"{_MASK.format('>=')} => {_MASK.format('>')}": _EVENT,
    },
    "dropout_backward": {
        f"{_RETURN} => return dout * mask": _ARRAYS,
        f"{_RETURN} => return np.asarray(dout) * mask": _WHOLE,
    },
    "batch_norm_forward": {
        f"{_VALUES.format('np.array(values, dtype=float)')} => {_VALUES.format('values')}": _OWN,
        f"{_VALUES.format('np.array(values, dtype=float)')} => {_VALUES.format('np.array(values)')}": _WHOLE,
    },
    "batch_norm_backward": {
        f"{_BACK} => pass": _ARRAYS,
        f"{_BACK} => X, dout = (X, np.asarray(dout, dtype=float))": _ARRAYS,
        f"{_BACK} => X, dout = (np.asarray(X, dtype=float), dout)": _ARRAYS,
        f"{_BACK} => X, dout = (np.asarray(X), np.asarray(dout, dtype=float))": _WHOLE,
        f"{_BACK} => X, dout = (np.asarray(X, dtype=float), np.asarray(dout))": _WHOLE,
    },
}

"""Mutants of hw4's answers that no check can notice, each with the reason."""

_LENGTHS = "params and grads have one entry a layer in any case"
_FIRST_COPY = "only an epoch without steps would hand these arrays on; every step makes new float arrays"
_SYMMETRIC = "the squared error is the same with output and target exchanged"
_BOTH_WAYS = "every pair comes twice, once as (i, j) and once as (j, i)"
_OVERWRITTEN = "where a column is constant the last line writes 0 whatever was computed"

_STEP = "return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads, strict=True)]"
_COPY = "params = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]"
_LOW_HIGH = "low, high = (1.0 * np.min(train, axis=0), 1.0 * np.max(train, axis=0))"
_SPAN = "span = np.where(high > low, high - low, 1.0)"
_FIRST_COST = "costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]"
_NEXT_COST = "costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))"
_GAP = "gap = max(gap, float(np.max(np.abs(after[i] - after[j]))))"
_PREDICTED = "predicted = outputs.argmax(axis=1) if outputs.shape[1] > 1 else outputs[:, 0] >= 0.5"

EQUIVALENT = {
    "minmax_scale": {
        f"{_LOW_HIGH} => low, high = (1.0 * np.min(train, axis=0), np.max(train, axis=0))": "high - low is a float "
        "array as soon as low is one",
        f"{_LOW_HIGH} => low, high = (np.min(train, axis=0), 1.0 * np.max(train, axis=0))": "high - low is a float "
        "array as soon as high is one",
        f"{_SPAN} => span = np.where(high >= low, high - low, 1.0)": _OVERWRITTEN,
        f"{_SPAN} => span = np.where(high > low, high - low, 2.0)": _OVERWRITTEN,
        f"{_SPAN} => span = np.where(high > low, high - low, 0.0)": _OVERWRITTEN,
    },
    "minibatch_step": {
        f"{_STEP} => {_STEP.replace(', strict=True', '')}": _LENGTHS,
        f"{_STEP} => {_STEP.replace('True', 'False')}": _LENGTHS,
    },
    "sgd_epoch": {
        f"{_COPY} => {other}": _FIRST_COPY
        for other in (
            "pass",
            _COPY.replace("np.array(W, dtype=float)", "W"),
            _COPY.replace("np.array(b, dtype=float)", "b"),
            _COPY.replace("np.array(W, dtype=float)", "np.array(W)"),
            _COPY.replace("np.array(b, dtype=float)", "np.array(b)"),
        )
    },
    "train": {
        f"{_FIRST_COST} => costs = [squared_error(y, mlp_forward(X, params, activations)[1][-1])]": _SYMMETRIC,
        f"{_NEXT_COST} => costs.append(squared_error(y, mlp_forward(X, params, activations)[1][-1]))": _SYMMETRIC,
    },
    "equal_weights_gap": {
        "if np.array_equal(before[i], before[j]): => if np.array_equal(before[j], before[i]):": "equality is symmetric",
        f"{_GAP} => gap = max(float(np.max(np.abs(after[i] - after[j]))), gap)": "max is symmetric",
        f"{_GAP} => gap = max(gap, float(np.max(after[i] - after[j])))": _BOTH_WAYS,
    },
    "accuracy": {
        "outputs = np.asarray(outputs) => pass": "the docstring promises an array",
        "outputs = np.asarray(outputs) => outputs = outputs": "the docstring promises an array",
        f"{_PREDICTED} => {_PREDICTED.replace('[:, 0]', '[:, -1]')}": "the only column is the first and the last",
    },
}

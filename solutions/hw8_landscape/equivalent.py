"""Mutants of hw8's answers that no check can notice, each with the reason. `make verify` lists them as explained."""

_SYMMETRIC = "offsets are as likely as their negatives: features of the same distribution"
_CORNER = "differs where y f is exactly 1 only, which no check scores"
_LISTS = "the docstring promises arrays; the conversion is for callers that pass lists or tuples"
_WHOLE = "a broken number divided or chosen by np.where is broken anyway; the values are the same"
_DTYPE = "gives floats also where mu and all arrays are whole; the values are the same"
_COPIES = "arrays that did not move may be the old ones: values are the same and no argument changes"
_COMMUTES = "a product does not depend on the order of its factors"

_LABELS = "y = np.asarray(y, dtype=float)"
_SLOPE = "return np.where(y * f {} 1, -y, 0.0) / len(y)"
_ORDER = "permutation = np.asarray(permutation)"
_PARAMS = "params = [({}, {}) for W, b in params]"
_W, _B = "np.array(W, dtype=float)", "np.array(b, dtype=float)"

_VELOCITY = "v = np.multiply({}, dtype=float) + grad"
_M = "m = np.multiply({}) + np.multiply({})"
_V = "v = np.multiply({}) + (1 - beta2) * np.square(grad)"

EQUIVALENT = {
    "random_tanh_features": {
        "return np.tanh(np.dot(X, W) + b) => return np.tanh(np.dot(X, W) - b)": _SYMMETRIC,
    },
    "hinge_loss_grad": {
        f"{_LABELS} => pass": _LISTS,
        f"{_LABELS} => y = y": _LISTS,
        f"{_LABELS} => y = np.asarray(y)": _WHOLE,
        f"{_SLOPE.format('<')} => {_SLOPE.format('<=')}": _CORNER,
    },
    "permute_hidden_units": {
        f"{_ORDER} => pass": _LISTS,
        f"{_ORDER} => permutation = permutation": _LISTS,
        f"{_PARAMS.format(_W, _B)} => {_PARAMS.format('W', _B)}": _COPIES,
        f"{_PARAMS.format(_W, _B)} => {_PARAMS.format('np.array(W)', _B)}": _WHOLE,
        f"{_PARAMS.format(_W, _B)} => {_PARAMS.format(_W, 'b')}": _COPIES,
        f"{_PARAMS.format(_W, _B)} => {_PARAMS.format(_W, 'np.array(b)')}": _WHOLE,
    },
    "momentum_step": {
        f"{_VELOCITY.format('mu, v')} => {_VELOCITY.format('v, mu')}": _COMMUTES,
        f"{_VELOCITY.format('mu, v')} => v = np.multiply(mu, v) + grad": _DTYPE,
    },
    "adam_step": {
        f"{_M.format('beta1, m', '1 - beta1, grad')} => {_M.format('m, beta1', '1 - beta1, grad')}": _COMMUTES,
        f"{_M.format('beta1, m', '1 - beta1, grad')} => {_M.format('beta1, m', 'grad, 1 - beta1')}": _COMMUTES,
        f"{_V.format('beta2, v')} => {_V.format('v, beta2')}": _COMMUTES,
    },
    "count_weights": {
        "return int(np.dot(sizes[:-1], sizes[1:])) => return int(np.dot(sizes[1:], sizes[:-1]))": _COMMUTES,
    },
}

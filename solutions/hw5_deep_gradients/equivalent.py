"""Mutants of the reference that compute the same for everything that the contract allows, with the reason."""

AN_ARRAY = "the contract promises an array or a number; the conversion only serves lists, which no check passes"
FLOATS_LATER = "whole numbers become floats further on, or give whole results of the same value"
CORNER = "only at a pre-activation of exactly 0, where no check looks"
SAME_LENGTH = "at a length of exactly tau the factor is 1"
SYMMETRIC = "the function is symmetric in its two arguments"

EQUIVALENT = {
    "chain_deltas": {
        "z = np.asarray(z, dtype=float) => pass": FLOATS_LATER,
        "z = np.asarray(z, dtype=float) => z = z": FLOATS_LATER,
        "z = np.asarray(z, dtype=float) => z = np.asarray(z)": FLOATS_LATER,
    },
    "dead_units": {
        "return np.all(np.asarray(Z) <= 0, axis=0) => return np.all(np.asarray(Z) < 0, axis=0)": CORNER,
        "return np.all(np.asarray(Z) <= 0, axis=0) => return np.all(Z <= 0, axis=0)": AN_ARRAY,
    },
    "residual_forward": {
        "z = np.asarray(z, dtype=float) => pass": FLOATS_LATER,
        "z = np.asarray(z, dtype=float) => z = z": FLOATS_LATER,
        "z = np.asarray(z, dtype=float) => z = np.asarray(z)": FLOATS_LATER,
        "return z + np.maximum(z, 0) => return z + np.maximum(0, z)": SYMMETRIC,
    },
    "residual_backward": {
        "return np.asarray(dg, dtype=float) * (1 + (np.asarray(z) > 0)) => "
        "return dg * (1 + (np.asarray(z) > 0))": FLOATS_LATER,
        "return np.asarray(dg, dtype=float) * (1 + (np.asarray(z) > 0)) => "
        "return np.asarray(dg) * (1 + (np.asarray(z) > 0))": FLOATS_LATER,
        "return np.asarray(dg, dtype=float) * (1 + (np.asarray(z) > 0)) => "
        "return np.asarray(dg, dtype=float) * (1 + (np.asarray(z) >= 0))": CORNER,
        "return np.asarray(dg, dtype=float) * (1 + (np.asarray(z) > 0)) => "
        "return np.asarray(dg, dtype=float) * (1 + (z > 0))": AN_ARRAY,
    },
    "residual_two_neuron_gradients": {
        "z1 = x * np.asarray(w1, dtype=float) => z1 = x * w1": AN_ARRAY,
        "z1 = x * np.asarray(w1, dtype=float) => z1 = x * np.asarray(w1)": FLOATS_LATER,
        "a1 = np.maximum(z1, 0) => a1 = np.maximum(0, z1)": SYMMETRIC,
        "z2 = np.dot(a1, w2) => z2 = np.dot(w2, a1)": SYMMETRIC,
        "return (dz2 * np.asarray(w2) * (z1 > 0) * x, dz2 * a1) => "
        "return (dz2 * w2 * (z1 > 0) * x, dz2 * a1)": AN_ARRAY,
        "return (dz2 * np.asarray(w2) * (z1 > 0) * x, dz2 * a1) => "
        "return (dz2 * np.asarray(w2) * (z1 >= 0) * x, dz2 * a1)": CORNER,
    },
    "clip_by_norm": {
        "grad = np.array(grad, dtype=float) => pass": FLOATS_LATER,
        "grad = np.array(grad, dtype=float) => grad = grad": FLOATS_LATER,
        "grad = np.array(grad, dtype=float) => grad = np.array(grad)": FLOATS_LATER,
        "return tau * (grad / norm) if norm > tau else grad => "
        "return tau * (grad / norm) if norm >= tau else grad": SAME_LENGTH,
    },
    "global_norm": {
        "return float(np.sqrt(sum((np.sum(np.square(grad, dtype=float)) for grad in grads)))) => "
        "return float(np.sqrt(sum((np.sum(np.square(grad)) for grad in grads))))": "only overflows in integers of 8 "
        "or 16 bits, which no gradient has",
    },
    "clip_by_global_norm": {
        "scale = tau / norm if norm > tau else 1.0 => scale = tau / norm if norm >= tau else 1.0": SAME_LENGTH,
        "return [scale * np.asarray(grad, dtype=float) for grad in grads] => "
        "return [scale * grad for grad in grads]": AN_ARRAY,
        "return [scale * np.asarray(grad, dtype=float) for grad in grads] => "
        "return [scale * np.asarray(grad) for grad in grads]": FLOATS_LATER,
    },
}

"""Right answers to homework 1 in other styles; each must earn full marks."""

# ruff: noqa: B905, D103  written as students write them; the names say what they are

import numpy as np

from autograder.check import right
from nnref.activations import logistic, logistic_grad, relu
from nnref.neuron import neuron_forward, neuron_grad, neuron_step

# ---- threshold ------------------------------------------------------------------------------------------------


@right("threshold")
def chosen_by_where(z):
    return np.where(z >= 0, 1, 0)


@right("threshold")
def truth_values(z):
    return np.asarray(z) >= 0


@right("threshold")
def ones_minus_a_mask(z):
    return 1.0 - (np.array(z, dtype=float) < 0)


@right("threshold")
def entry_by_entry_in_single_precision(z):
    flat = [1 if value >= 0 else 0 for value in np.ravel(z)]
    return np.array(flat, dtype=np.float32).reshape(np.shape(z))


# ---- logistic -------------------------------------------------------------------------------------------------


@right("logistic")
def lectures_formula(z):
    return 1 / (1 + np.exp(-z))


@right("logistic")
def by_tanh(z):
    return (np.tanh(np.asarray(z) / 2) + 1) / 2


@right("logistic")
def in_two_pieces(z):
    small = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1 / (1 + small), small / (1 + small))


@right("logistic")
def clipped_far_out(z):
    z = np.clip(np.array(z, dtype=np.float64), -500, 500)
    return np.power(1 + np.exp(-z), -1)


@right("logistic")
def in_single_precision(z):
    return np.float32(0.5) * (np.float32(1) + np.tanh(np.float32(0.5) * np.float32(z)))


# ---- relu -----------------------------------------------------------------------------------------------------


@right("relu")
def larger_of_z_and_zero(z):
    return np.maximum(0, z)


@right("relu")
def times_a_mask(z):
    return z * (np.asarray(z) > 0)


@right("relu")
def half_of_z_and_its_size(z):
    return 0.5 * (np.abs(z) + z)


@right("relu")
def nested_lists_from_a_copy(z):
    out = np.array(z, dtype=float)
    out[out < 0] = 0
    return out.tolist()


@right("relu")
def clipped_from_below_in_single_precision(z):
    return np.clip(np.float32(z), 0, None)


# ---- softplus -------------------------------------------------------------------------------------------------


@right("softplus")
def z_plus_a_tail(z):
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


@right("softplus")
def one_of_two_forms(z):
    z = np.asarray(z, dtype=float)
    return np.where(z > 0, z + np.log(1 + np.exp(-z)), np.log(1 + np.exp(z)))


@right("softplus")
def identity_far_to_the_right(z):
    z = np.asarray(z, dtype=float)
    return np.where(z > 40, z, np.log1p(np.exp(np.minimum(z, 40))))


@right("softplus")
def by_the_logistic_function(z):
    return np.maximum(z, 0) - np.log(logistic(np.abs(z)))


@right("softplus")
def tail_in_single_precision(z):
    z = np.float32(z)
    return np.maximum(z, np.float32(0)) + np.log1p(np.exp(-np.abs(z)))


# ---- logistic_grad --------------------------------------------------------------------------------------------


@right("logistic_grad")
def output_times_the_rest(z):
    a = logistic(z)
    return a * (1 - a)


@right("logistic_grad")
def output_minus_its_square(z):
    return logistic(z) - logistic(z) ** 2


@right("logistic_grad")
def by_the_quotient_rule(z):
    tail = np.exp(-np.abs(z))
    return tail / (1 + tail) ** 2


@right("logistic_grad")
def by_the_slope_of_tanh(z):
    return (1 - np.tanh(np.asarray(z) / 2) ** 2) / 4


@right("logistic_grad")
def product_in_lists(z):
    a = np.float32(logistic(z))
    return (a * (np.float32(1) - a)).tolist()


# ---- softplus_grad --------------------------------------------------------------------------------------------


@right("softplus_grad")
def chain_rule_written_out(z):
    return 1 / (1 + np.exp(-z))


@right("softplus_grad")
def one_minus_the_mirror_image(z):
    return 1 - logistic(-np.asarray(z))


@right("softplus_grad")
def chain_rule_in_two_pieces(z):
    e = np.exp(np.minimum(z, 0.0))
    return e / (e + np.exp(np.minimum(-1.0 * np.asarray(z), 0.0)))


@right("softplus_grad")
def tanh_in_single_precision(z):
    return np.float32(0.5) + np.tanh(np.float32(z) / np.float32(2)) / np.float32(2)


# ---- tanh_grad ------------------------------------------------------------------------------------------------


@right("tanh_grad")
def product_of_two_brackets(z):
    return (1 - np.tanh(z)) * (1 + np.tanh(z))


@right("tanh_grad")
def one_over_cosh_squared(z):
    return 1 / np.cosh(z) ** 2


@right("tanh_grad")
def from_the_logistic_function(z):
    return 4 * logistic_grad(2 * np.asarray(z))


@right("tanh_grad")
def square_in_single_precision(z):
    a = np.tanh(np.float32(z))
    return np.float32(1) - a * a


# ---- squared_error --------------------------------------------------------------------------------------------


@right("squared_error")
def mean_of_the_examples(g, y):
    squares = (np.array(g, dtype=float) - np.array(y, dtype=float)) ** 2
    return squares.sum(axis=1).mean() if squares.ndim == 2 else np.mean(squares)


@right("squared_error")
def rows_of_outputs(g, y):
    d = np.subtract(g, y)
    d = d.reshape(len(d), -1) if np.ndim(d) else np.array([[d]])
    return np.mean(np.sum(d * d, axis=1))


@right("squared_error")
def example_after_example(g, y):
    total, g, y = 0.0, np.atleast_1d(g), np.atleast_1d(y)
    for output, target in zip(g, y):
        total += np.sum((target - output) ** 2)
    return total / len(g)


@right("squared_error")
def sum_over_the_count_in_single_precision(g, y):
    difference = np.float32(g) - np.float32(y)
    examples = difference.shape[0] if difference.ndim else 1
    return np.array([np.sum(np.square(difference)) / np.float32(examples)])


# ---- log_loss -------------------------------------------------------------------------------------------------


@right("log_loss")
def clipped_probabilities(p, y):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(np.multiply(y, np.log(p)) + (1 - np.array(y, dtype=float)) * np.log(1 - p))


@right("log_loss")
def log_of_what_came_true(p, y):
    with np.errstate(divide="ignore"):
        return -np.mean(np.log(np.where(np.asarray(y) == 1, p, 1 - np.asarray(p))))


@right("log_loss")
def loop_over_examples(p, y):
    losses = []
    for probability, label in zip(np.atleast_1d(p), np.atleast_1d(y)):
        chance = probability if label else 1 - probability
        losses.append(-np.log(chance) if chance > 0 else np.inf)
    return sum(losses) / len(losses)


@right("log_loss")
def tiny_number_added(p, y):
    y = np.array(y, dtype=float)
    return np.average(-y * np.log(p + 1e-30) - (1 - y) * np.log(1 - p + 1e-30))


@right("log_loss")
def with_log1p(p, y):
    p, y = np.array(p, dtype=float), np.array(y, dtype=int)
    right = np.maximum(y * p + (1 - y) * (1 - p), 1e-100)
    return float(np.sum(-np.log1p(right - 1)) / right.size) if right.min() > 0.5 else -np.log(right).mean()


# ---- hinge_loss -----------------------------------------------------------------------------------------------


@right("hinge_loss")
def larger_of_zero_and_the_gap(f, y):
    return np.mean(np.maximum(0, 1 - y * f))


@right("hinge_loss")
def masked_gap(f, y):
    gap = 1 - np.array(f, dtype=float) * y
    return (gap * (gap > 0)).mean()


@right("hinge_loss")
def case_by_case(f, y):
    f, y = np.ravel(f), np.ravel(y)
    return sum(1 - a * b if a * b < 1 else 0 for a, b in zip(f, y)) / len(f)


@right("hinge_loss")
def clipped_in_single_precision(f, y):
    return np.average(np.clip(np.float32(1) - np.float32(y) * np.float32(f), 0, None))


# ---- perceptron_loss ------------------------------------------------------------------------------------------


@right("perceptron_loss")
def lectures_formula_for_rows(w, x, y):
    return np.mean(np.maximum(0, (1 - 2 * np.array(y)) * (x @ w)))


@right("perceptron_loss")
def sum_over_the_last_axis(w, x, y):
    z = (np.array(x) * w).sum(axis=-1)
    return np.where(np.array(y) == 1, np.maximum(-z, 0), np.maximum(z, 0)).mean()


@right("perceptron_loss")
def row_after_row(w, x, y):
    losses = []
    for row, label in zip(np.atleast_2d(x), np.atleast_1d(y)):
        z = sum(a * b for a, b in zip(w, row))
        wrong = z > 0 if label == 0 else z < 0
        losses.append(abs(z) if wrong else 0)
    return np.mean(losses)


@right("perceptron_loss")
def with_signs_as_labels(w, x, y):
    signs, sums = np.where(y, 1, -1), np.float32(np.matmul(x, w))
    return np.array(np.average(np.clip(-signs * sums, 0, None)), dtype=np.float32)


# ---- zero_one_loss --------------------------------------------------------------------------------------------


@right("zero_one_loss")
def mean_of_the_comparison(predicted, y):
    return np.mean(predicted != y)


@right("zero_one_loss")
def one_minus_accuracy(predicted, y):
    return 1 - np.mean(np.equal(predicted, y))


@right("zero_one_loss")
def counted_in_a_loop(predicted, y):
    wrong, predicted, y = 0, np.ravel(predicted), np.ravel(y)
    for i in range(len(y)):
        if predicted[i] != y[i]:
            wrong += 1
    return wrong / len(y)


@right("zero_one_loss")
def count_of_differences(predicted, y):
    return np.count_nonzero(np.subtract(predicted, y)) / np.size(y)


# ---- neuron_forward -------------------------------------------------------------------------------------------


@right("neuron_forward")
def one_put_in_front_of_x(x, w):
    z = np.dot(np.append(1.0, x), w)
    return z, logistic(z)


@right("neuron_forward")
def weighted_inputs_in_a_loop(x, w):
    z = w[0]
    for i in range(len(x)):
        z = z + w[i + 1] * x[i]
    return [z, 1 / (1 + np.exp(-z))]


@right("neuron_forward")
def as_one_array(x, w):
    z = np.sum(w[1:] * x) + w[0]
    return np.array([z, logistic(z)]).tolist()


@right("neuron_forward")
def numbers_in_single_precision(x, w):
    z = np.float32(w[1:] @ x + w[0])
    return z, np.float32(logistic(np.float64(z)))


# ---- linear_neuron_grad ---------------------------------------------------------------------------------------


@right("linear_neuron_grad")
def slope_of_the_loss_times_x(x, y, w):
    return 2 * (x @ w - y) * x


@right("linear_neuron_grad")
def weight_by_weight(x, y, w):
    error = sum(w[i] * x[i] for i in range(len(x))) - y
    return [2 * error * x[i] for i in range(len(x))]


@right("linear_neuron_grad")
def as_in_the_slides_with_a_minus(x, y, w):
    return -2 * x * (y - np.sum(np.multiply(w, x)))


@right("linear_neuron_grad")
def expanded_square(x, y, w):
    # (w.x)^2 - 2 y w.x + y^2, term by term
    return np.float32(2 * np.outer(x, x) @ w - 2 * y * np.array(x))


# ---- relu_neuron_grad -----------------------------------------------------------------------------------------


@right("relu_neuron_grad")
def asleep_or_awake(x, y, w):
    z = w @ x
    if z <= 0:
        return np.zeros(len(x))
    return 2 * (z - y) * x


@right("relu_neuron_grad")
def gate_as_a_factor(x, y, w):
    z = np.sum(x * w)
    gate = 1.0 if z > 0 else 0.0
    return (2 * (np.maximum(0, z) - y) * gate * np.array(x)).tolist()


@right("relu_neuron_grad")
def open_at_the_corner(x, y, w):
    z = np.dot(x, w)
    return np.where(z >= 0, 2 * (relu(z) - y) * x, 0)


@right("relu_neuron_grad")
def slope_of_relu_by_halves(x, y, w):
    z = float(w @ x)
    slope = (relu(z + 1e-9) - relu(z - 1e-9)) / 2e-9
    return np.float32(2 * (relu(z) - y) * round(float(slope)) * x)


# ---- neuron_grad ----------------------------------------------------------------------------------------------


@right("neuron_grad")
def lectures_three_factors(x, y, w):
    _, g = neuron_forward(x, w)
    return -2 * (y - g) * g * (1 - g) * np.append(1, x)


@right("neuron_grad")
def bias_and_the_rest(x, y, w):
    z, a = neuron_forward(x, w)
    dz = 2 * (a - y) * logistic_grad(z)
    gradient = np.zeros(len(w))
    gradient[0] = dz
    gradient[1:] = dz * x
    return gradient


@right("neuron_grad")
def list_without_earlier_functions(x, y, w):
    inputs = [1, *x]
    z = sum(weight * value for weight, value in zip(w, inputs))
    a = 0.5 + 0.5 * np.tanh(0.5 * z)
    return [2 * (a - y) * a * (1 - a) * value for value in inputs]


@right("neuron_grad")
def inputs_stacked_in_single_precision(x, y, w):
    z = w[0] + np.sum(w[1:] * x)
    inputs = np.hstack([[1.0], x])
    return np.float32(2 * logistic_grad(z) * (logistic(z) - y) * inputs)


# ---- neuron_step ----------------------------------------------------------------------------------------------


@right("neuron_step")
def downhill(x, y, w, lr):
    return w - np.multiply(lr, neuron_grad(x, y, w))


@right("neuron_step")
def moves_a_copy(x, y, w, lr):
    new = np.array(w, dtype=float)
    new -= lr * neuron_grad(x, y, w)
    return new


@right("neuron_step")
def lectures_update_rule(x, y, w, lr):
    z = w[0] + w[1:] @ x
    g = logistic(z)
    rate = 2 * lr * (y - g) * g * (1 - g)
    return [w[0] + rate] + [w[i] + rate * x[i - 1] for i in range(1, len(w))]


@right("neuron_step")
def weights_one_by_one_from_the_old_ones(x, y, w, lr):
    gradient = neuron_grad(x, y, w)
    return np.array([w[i] - lr * gradient[i] for i in range(len(w))], dtype=np.float64)


# ---- train_neuron ---------------------------------------------------------------------------------------------


@right("train_neuron")
def steps_in_a_loop(X, y, w, lr, order):
    for i in order:
        w = neuron_step(X[i], y[i], w, lr)
    return w


@right("train_neuron")
def loop_over_sorted_out_rows(X, y, w, lr, order):
    order = np.array(order, dtype=int)
    new = w.copy()
    for example, target in zip(X[order], y[order]):
        new = new - lr * neuron_grad(example, target, new)
    return new.tolist()


@right("train_neuron")
def recursive(X, y, w, lr, order):
    def rest(w, k):
        return w if k == len(order) else rest(neuron_step(X[order[k]], y[order[k]], w, lr), k + 1)

    return rest(np.array(w, dtype=float), 0)


@right("train_neuron")
def columns_of_ones_and_all_in_place(X, y, w, lr, order):
    inputs, w = np.hstack([np.ones((len(X), 1)), X]), np.array(w, dtype=float)
    for i in order:
        a = logistic(inputs[i] @ w)
        w += 2 * lr * (y[i] - a) * a * (1 - a) * inputs[i]
    return w

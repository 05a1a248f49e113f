"""Plausible mistakes in homework 4. Each docstring is the hint; `caught_by` names the check that must catch it."""

# ruff: noqa: B905  written as students write them

import numpy as np

from autograder.check import wrong
from nnref.losses import squared_error
from nnref.network import backprop, mlp_forward
from nnref.training import minibatch_step, minibatches

# ---- small_uniform_init ---------------------------------------------------------------------------------------


@wrong("small_uniform_init", caught_by="no_two_units_start_with_the_same_weights")
def draws_one_weight_for_all(rng, fan_in, fan_out, eps):
    """Print W for two inputs and three units. How many different numbers are in it?"""
    return np.full((fan_in, fan_out), rng.uniform(-eps, eps))


@wrong("small_uniform_init", caught_by="no_two_units_start_with_the_same_weights")
def draws_one_unit_and_repeats_it(rng, fan_in, fan_out, eps):
    """Print W for two inputs and three units. In what do the three columns differ?"""
    return np.repeat(rng.uniform(-eps, eps, size=(fan_in, 1)), fan_out, axis=1)


@wrong("small_uniform_init", caught_by="no_two_units_start_with_the_same_weights")
def draws_one_row_and_repeats_it(rng, fan_in, fan_out, eps):
    """Print W for three inputs and two units. Does a unit weigh its three inputs differently?"""
    return np.zeros((fan_in, fan_out)) + rng.uniform(-eps, eps, size=fan_out)


@wrong("small_uniform_init", caught_by="weights_of_a_layer_stay_within_eps")
def swaps_rows_and_columns(rng, fan_in, fan_out, eps):
    """Make weights for three inputs and five units. Can a batch with three columns be multiplied by W?"""
    return rng.uniform(-eps, eps, size=(fan_out, fan_in))


@wrong("small_uniform_init", caught_by="no_two_units_start_with_the_same_weights")
def draws_positive_weights_only(rng, fan_in, fan_out, eps):
    """Draw a hundred weights and count the negative ones. How many should there be?"""
    return eps * rng.random((fan_in, fan_out))


@wrong("small_uniform_init", caught_by="weights_of_a_layer_stay_within_eps")
def draws_normal_weights(rng, fan_in, fan_out, eps):
    """Draw a thousand weights with eps = 0.1 and look at the largest. Which distribution has an end?"""
    return rng.normal(0, eps, size=(fan_in, fan_out))


@wrong("small_uniform_init", caught_by="weights_of_a_layer_stay_within_eps")
def forgets_eps(rng, fan_in, fan_out, eps):
    """Draw weights with eps = 0.01. How large is the largest?"""
    return rng.uniform(-1, 1, size=(fan_in, fan_out))


@wrong("small_uniform_init", caught_by="weights_fill_the_interval_evenly")
def takes_eps_for_the_whole_width(rng, fan_in, fan_out, eps):
    """Draw a thousand weights with eps = 1. How close to 1 does the largest come?"""
    return eps * (rng.random((fan_in, fan_out)) - 0.5)


@wrong("small_uniform_init", caught_by="interval_does_not_depend_on_the_width")
def divides_by_the_root_of_fan_in(rng, fan_in, fan_out, eps):
    """Compare the largest weight of a layer with 1 input and of one with 400. Does the text make them differ?"""
    return rng.uniform(-eps, eps, size=(fan_in, fan_out)) / np.sqrt(fan_in)


@wrong("small_uniform_init", caught_by="weights_fill_the_interval_evenly")
def cuts_a_normal_off(rng, fan_in, fan_out, eps):
    """Draw a thousand weights and make a histogram with ten bars. Are all bars about equally high?"""
    return np.clip(rng.normal(0, eps, size=(fan_in, fan_out)), -eps, eps)


@wrong("small_uniform_init", caught_by="initial_weights_come_from_the_generator")
def starts_a_generator_of_its_own(rng, fan_in, fan_out, eps):
    """Make two layers of the same size with one rng and compare them. Where do your random numbers come from?"""
    return np.random.default_rng(0).uniform(-eps, eps, size=(fan_in, fan_out))


@wrong("small_uniform_init", caught_by="initial_weights_come_from_the_generator")
def ignores_the_generator(rng, fan_in, fan_out, eps):
    """Make two generators with the same seed and one layer with each. Do the layers agree?"""
    return np.random.uniform(-eps, eps, size=(fan_in, fan_out))


@wrong("small_uniform_init", caught_by="interval_does_not_depend_on_the_width")
def stretches_to_the_largest(rng, fan_in, fan_out, eps):
    """Make a layer with a single weight, several times. Which values can it have?"""
    W = rng.uniform(-1, 1, size=(fan_in, fan_out))
    return eps * W / np.abs(W).max()


@wrong("small_uniform_init", caught_by="weights_fill_the_interval_evenly")
def draws_half_and_mirrors_it(rng, fan_in, fan_out, eps):
    """Sort the sizes of all weights of a layer. How many different ones are there?"""
    half = rng.uniform(-eps, eps, size=((fan_in + 1) // 2, fan_out))
    return np.vstack([half, -half])[:fan_in]


# ---- minmax_scale ---------------------------------------------------------------------------------------------


@wrong("minmax_scale", caught_by="new_examples_are_measured_by_the_training_set")
def measures_by_the_new_examples(train, X):
    """Scale one single new example. Which smallest and which largest value does your code see?"""
    low, high = X.min(axis=0).astype(float), X.max(axis=0).astype(float)
    return np.where(high > low, 2 * (X - low) / np.where(high > low, high - low, 1) - 1, 0.0)


@wrong("minmax_scale", caught_by="columns_run_from_minus_one_to_one")
def scales_to_zero_and_one(train, X):
    """Scale the training set itself and print its smallest entry. What should that be?"""
    low, high = 1.0 * train.min(axis=0), 1.0 * train.max(axis=0)
    return np.where(high > low, (X - low) / np.where(high > low, high - low, 1), 0.0)


@wrong("minmax_scale", caught_by="columns_run_from_minus_one_to_one")
def one_scale_for_all_columns(train, X):
    """Scale ages (20 to 60) beside incomes (1000 to 5000). Between which numbers do the scaled ages lie?"""
    low, high = float(train.min()), float(train.max())
    scaled = 2 * (X - low) / max(high - low, 1e-300) - 1
    return np.where(np.ptp(train.astype(float), axis=0) > 0, scaled, 0.0)


@wrong("minmax_scale", caught_by="columns_run_from_minus_one_to_one")
def scales_rows(train, X):
    """Scale four examples with two columns. Which entries does your smallest value come from: a column or a row?"""
    low, high = X.min(axis=1, keepdims=True) * 1.0, X.max(axis=1, keepdims=True) * 1.0
    return np.where(high > low, 2 * (X - low) / np.where(high > low, high - low, 1) - 1, 0.0)


@wrong("minmax_scale", caught_by="column_that_never_changes_becomes_zero")
def divides_zero_by_zero(train, X):
    """Scale a training set in which one column is always 7. What is its largest value minus its smallest?"""
    low, high = 1.0 * train.min(axis=0), 1.0 * train.max(axis=0)
    return 2 * (X - low) / (high - low) - 1


@wrong("minmax_scale", caught_by="column_that_never_changes_becomes_zero")
def sends_constant_columns_to_minus_one(train, X):
    """Scale a training set in which one column is always 7. No division fails any more, but what comes out?"""
    low, high = 1.0 * train.min(axis=0), 1.0 * train.max(axis=0)
    return 2 * (X - low) / np.where(high > low, high - low, 1) - 1


@wrong("minmax_scale", caught_by="column_that_never_changes_becomes_zero")
def adds_a_little_to_the_span(train, X):
    """Scale a column that is always 7 in training, and a new example with a 9 there. What becomes of the 9?"""
    low, high = 1.0 * train.min(axis=0), 1.0 * train.max(axis=0)
    return 2 * (X - low) / (high - low + 1e-12) - 1


@wrong("minmax_scale", caught_by="column_that_never_changes_becomes_zero")
def constant_columns_keep_their_distance(train, X):
    """Scale a column that is always 7 in training, and a new example with a 9 there. Can 7 and 9 both become 0?"""
    low, high = 1.0 * train.min(axis=0), 1.0 * train.max(axis=0)
    return np.where(high > low, 2 * (X - low) / np.where(high > low, high - low, 1) - 1, X - low)


@wrong("minmax_scale", caught_by="new_examples_are_measured_by_the_training_set")
def cuts_off_beyond_one(train, X):
    """Train on 20 to 60 and scale 80 and 100. Are they still different?"""
    low, high = 1.0 * train.min(axis=0), 1.0 * train.max(axis=0)
    scaled = np.where(high > low, 2 * (X - low) / np.where(high > low, high - low, 1) - 1, 0.0)
    return np.clip(scaled, -1, 1)


@wrong("minmax_scale", caught_by="columns_run_from_minus_one_to_one")
def standardises(train, X):
    """Scale the training set itself and print each column's largest value. Is it 1?"""
    spread = train.std(axis=0)
    return np.where(spread > 0, (X - train.mean(axis=0)) / np.where(spread > 0, spread, 1), 0.0)


@wrong("minmax_scale", caught_by="columns_run_from_minus_one_to_one")
def divides_by_the_largest_size(train, X):
    """Scale a column that runs from 20 to 60. What becomes of the 20?"""
    size = np.abs(1.0 * train).max(axis=0)
    return np.where(np.ptp(1.0 * train, axis=0) > 0, X / np.where(size > 0, size, 1), 0.0)


@wrong("minmax_scale", caught_by="columns_run_from_minus_one_to_one")
def subtracts_the_mean(train, X):
    """Scale 20, 30 and 100. Which value becomes 0: the mean, or the one half-way between the ends?"""
    span = 1.0 * train.max(axis=0) - train.min(axis=0)
    return np.where(span > 0, 2 * (X - train.mean(axis=0)) / np.where(span > 0, span, 1), 0.0)


@wrong("minmax_scale", caught_by="whole_numbers_are_scaled_to_broken_ones")
def keeps_whole_numbers_whole(train, X):
    """Scale the whole numbers 20, 30 and 60 by themselves. What becomes of the 30, and of which type is your result?"""
    scaled = np.zeros_like(X)
    for j in range(X.shape[1]):
        low, high = train[:, j].min(), train[:, j].max()
        if high > low:
            scaled[:, j] = 2 * (X[:, j] - low) / (high - low) - 1
    return scaled


@wrong("minmax_scale", caught_by="minmax_scale_leaves_arguments_alone")
def scales_in_place(train, X):
    """Print X before and after the call. Can anybody still read the incomes?"""
    low, high = 1.0 * train.min(axis=0), 1.0 * train.max(axis=0)
    X = X if X.dtype.kind == "f" else X.astype(float)
    X -= low
    X *= 2 / np.where(high > low, high - low, 1)
    X -= 1
    X[:, high == low] = 0
    return X


# ---- one_hot --------------------------------------------------------------------------------------------------


@wrong("one_hot", caught_by="each_row_holds_the_code_of_its_example")
def one_column_an_example(y, n_classes):
    """Encode five labels out of four classes. How many rows should there be, and what does one row stand for?"""
    return np.eye(n_classes)[:, y]


@wrong("one_hot", caught_by="lecture_labels_have_the_lectures_codes")
def counts_classes_from_one(y, n_classes):
    """Encode the label 0. Which column of its row should hold the 1?"""
    return np.eye(n_classes)[np.asarray(y).astype(int) - 1]


@wrong("one_hot", caught_by="lecture_labels_have_the_lectures_codes")
def looks_only_at_the_labels_present(y, n_classes):
    """Encode the two labels 1 and 2 out of three classes. How many columns should there be?"""
    return (np.unique(y)[None, :] == np.asarray(y)[:, None]).astype(float)


@wrong("one_hot", caught_by="each_row_holds_the_code_of_its_example")
def stops_at_the_largest_label(y, n_classes):
    """Encode labels of which none is the last class. Does that class still have a column?"""
    return np.eye(int(np.max(y)) + 1)[y]


@wrong("one_hot", caught_by="each_row_holds_the_code_of_its_example")
def codes_in_order_of_the_rows(y, n_classes):
    """Encode the labels 2, 0, 2. Does your function look at y at all?"""
    return np.eye(n_classes)[np.arange(len(y)) % n_classes]


@wrong("one_hot", caught_by="lecture_labels_have_the_lectures_codes")
def marks_with_minus_one(y, n_classes):
    """Encode the label 0 out of three classes and add up its row. What should the sum be?"""
    return 2 * np.eye(n_classes)[y] - 1


@wrong("one_hot", caught_by="lecture_labels_have_the_lectures_codes")
def writes_the_label_itself(y, n_classes):
    """Encode the labels 0, 1 and 2 and print the three rows. Which number marks the class?"""
    codes = np.zeros((len(y), n_classes))
    codes[np.arange(len(y)), y] = y
    return codes


@wrong("one_hot", caught_by="lecture_labels_have_the_lectures_codes")
def fills_up_to_the_label(y, n_classes):
    """Encode the label 2 and count the ones in its row. How many classes does one example have?"""
    return (np.arange(n_classes)[None, :] <= np.asarray(y)[:, None]).astype(float)


@wrong("one_hot", caught_by="lecture_labels_have_the_lectures_codes")
def marks_whole_columns(y, n_classes):
    """Encode the labels 0 and 1 and count the ones. How many should there be in each row?"""
    codes = np.zeros((len(y), n_classes))
    codes[:, y] = 1
    return codes


@wrong("one_hot", caught_by="one_hot_leaves_labels_alone")
def shifts_the_labels_in_place(y, n_classes):
    """Print y before and after the call. Are these still the labels of your examples?"""
    codes = np.eye(n_classes)[y]
    y += 1
    return codes


# ---- minibatches ----------------------------------------------------------------------------------------------


@wrong("minibatches", caught_by="order_is_a_random_one")
def does_not_shuffle(rng, n, batch_size):
    """Print the first batch of two epochs. Which examples always meet?"""
    order = np.arange(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@wrong("minibatches", caught_by="every_order_is_as_likely_as_any_other")
def shuffles_whole_batches(rng, n, batch_size):
    """Print the batches of 0 to 9 in twos, several times. Does 0 ever meet another number than 1?"""
    batches = [np.arange(start, min(start + batch_size, n)) for start in range(0, n, batch_size)]
    full, rest = batches[: n // batch_size], batches[n // batch_size :]
    return [full[k] for k in rng.permutation(len(full))] + rest


@wrong("minibatches", caught_by="every_batch_mixes_the_whole_set")
def shuffles_inside_the_batches(rng, n, batch_size):
    """Print the first batch of ten epochs. Can the last example ever be in it?"""
    return [rng.permutation(np.arange(start, min(start + batch_size, n))) for start in range(0, n, batch_size)]


@wrong("minibatches", caught_by="each_number_is_in_one_batch")
def draws_with_replacement(rng, n, batch_size):
    """Sort all numbers of one epoch. Is any of them there twice, or missing?"""
    order = rng.integers(0, n, size=n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@wrong("minibatches", caught_by="each_number_is_in_one_batch")
def draws_each_batch_anew(rng, n, batch_size):
    """Sort all numbers of one epoch. Can an example be in two of your batches?"""
    sizes = [min(batch_size, n - start) for start in range(0, n, batch_size)]
    return [rng.permutation(n)[:size] for size in sizes]


@wrong("minibatches", caught_by="each_number_is_in_one_batch")
def drops_the_short_batch(rng, n, batch_size):
    """Cut 10 numbers into batches of 3 and count the numbers. Where is the tenth?"""
    order = rng.permutation(n)
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(n // batch_size)]


@wrong("minibatches", caught_by="all_batches_are_full_but_the_last")
def spreads_the_rest_evenly(rng, n, batch_size):
    """Cut 10 numbers into batches of 4 and print the lengths. Which batch may be shorter?"""
    return np.array_split(rng.permutation(n), -(-n // batch_size))


@wrong("minibatches", caught_by="all_batches_are_full_but_the_last")
def takes_the_size_for_the_number(rng, n, batch_size):
    """Cut 10 numbers into batches of 4 and count the batches. Is 4 how many there are, or how long they are?"""
    return np.array_split(rng.permutation(n), batch_size)


@wrong("minibatches", caught_by="all_batches_are_full_but_the_last")
def ends_with_an_empty_batch(rng, n, batch_size):
    """Cut 6 numbers into batches of 3 and count the batches. What is the mean of a batch without examples?"""
    order = rng.permutation(n)
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(n // batch_size + 1)]


@wrong("minibatches", caught_by="all_batches_are_full_but_the_last")
def puts_the_short_batch_first(rng, n, batch_size):
    """Cut 10 numbers into batches of 4 and print the lengths. Where does the short one stand?"""
    order, rest = rng.permutation(n), n % batch_size
    starts = [0] * (rest > 0) + list(range(rest, n, batch_size))
    return [order[start : start + (batch_size if k or not rest else rest)] for k, start in enumerate(starts)]


@wrong("minibatches", caught_by="every_order_is_as_likely_as_any_other")
def sorts_each_batch(rng, n, batch_size):
    """Print a batch of five several times. Is every order inside it possible?"""
    order = rng.permutation(n)
    return [np.sort(order[start : start + batch_size]) for start in range(0, n, batch_size)]


@wrong("minibatches", caught_by="every_order_is_as_likely_as_any_other")
def starts_somewhere_and_goes_round(rng, n, batch_size):
    """Print several epochs of 10 numbers. Which number follows 4, each time?"""
    order = (np.arange(n) + rng.integers(n)) % n
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@wrong("minibatches", caught_by="order_is_a_random_one")
def has_the_same_order_in_every_epoch(rng, n, batch_size):
    """Call it twice with the same rng and compare the orders. Where do your random numbers come from?"""
    order = np.random.default_rng(0).permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@wrong("minibatches", caught_by="order_of_an_epoch_comes_from_the_generator")
def ignores_the_given_generator(rng, n, batch_size):
    """Make two generators with the same seed and one epoch with each. Do the epochs agree?"""
    order = np.random.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@wrong("minibatches", caught_by="each_number_is_in_one_batch")
def counts_from_one(rng, n, batch_size):
    """Sort all numbers of one epoch of four. Does X with four rows have a row 4?"""
    order = rng.permutation(n) + 1
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@wrong("minibatches", caught_by="all_batches_are_full_but_the_last")
def gives_the_order_uncut(rng, n, batch_size):
    """Print the length of the first batch of 10 numbers in batches of 4. Is it 4?"""
    return [rng.permutation(n)]


@wrong("minibatches", caught_by="every_batch_mixes_the_whole_set")
def leaves_no_number_in_its_place(rng, n, batch_size):
    """Draw the order of the numbers 0 and 1 ten times. How often does 0 come first?"""
    order = np.arange(n)
    for i in range(n - 1, 0, -1):
        j = rng.integers(0, i)
        order[i], order[j] = order[j], order[i]
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@wrong("minibatches", caught_by="every_batch_mixes_the_whole_set")
def keeps_the_rest_for_the_last_batch(rng, n, batch_size):
    """Cut the numbers 0, 1, 2 into batches of 2, ten times. Which number is in the short batch?"""
    full = n - n % batch_size
    order = rng.permutation(full)
    batches = [order[start : start + batch_size] for start in range(0, full, batch_size)]
    return batches + ([rng.permutation(np.arange(full, n))] if full < n else [])


# ---- minibatch_step -------------------------------------------------------------------------------------------


@wrong("minibatch_step", caught_by="step_of_a_line_on_paper")
def walks_uphill(X, y, params, activations, lr):
    """Take ten steps on one batch and print the cost after each. Which way does it go?"""
    grads = backprop(X, y, params, activations)
    return [(W + lr * dW, b + lr * db) for (W, b), (dW, db) in zip(params, grads)]


@wrong("minibatch_step", caught_by="step_of_a_line_on_paper")
def forgets_the_learning_rate(X, y, params, activations, lr):
    """Take a step with lr = 0. Which weights may move?"""
    grads = backprop(X, y, params, activations)
    return [(W - dW, b - db) for (W, b), (dW, db) in zip(params, grads)]


@wrong("minibatch_step", caught_by="batch_twice_over_makes_the_same_step")
def adds_the_gradients_up(X, y, params, activations, lr):
    """Give it the same batch twice over. Should the step become twice as long?"""
    grads = backprop(X, y, params, activations)
    return [(W - lr * len(X) * dW, b - lr * len(X) * db) for (W, b), (dW, db) in zip(params, grads)]


@wrong("minibatch_step", caught_by="batch_twice_over_makes_the_same_step")
def divides_by_the_batch_once_more(X, y, params, activations, lr):
    """Give it the same batch twice over. Is the mean not already in what backprop returns?"""
    grads = backprop(X, y, params, activations)
    return [(W - lr * dW / len(X), b - lr * db / len(X)) for (W, b), (dW, db) in zip(params, grads)]


@wrong("minibatch_step", caught_by="step_of_a_line_on_paper")
def leaves_the_biases_alone(X, y, params, activations, lr):
    """Take a step on examples whose inputs are all 0. What can still learn?"""
    grads = backprop(X, y, params, activations)
    return [(W - lr * dW, 1.0 * b) for (W, b), (dW, _) in zip(params, grads)]


@wrong("minibatch_step", caught_by="step_goes_down_the_slopes_of_the_mean_cost")
def trains_the_last_layer_only(X, y, params, activations, lr):
    """Compare the weights of the first layer before and after a step. How far did they move?"""
    grads = backprop(X, y, params, activations)
    (W, b), (dW, db) = params[-1], grads[-1]
    return [*((1.0 * W, 1.0 * b) for W, b in params[:-1]), (W - lr * dW, b - lr * db)]


@wrong("minibatch_step", caught_by="step_goes_down_the_slopes_of_the_mean_cost")
def moves_one_layer_then_asks_again(X, y, params, activations, lr):
    """At which parameters are the slopes of the second layer taken: before or after the first layer moved?"""
    new = [(1.0 * W, 1.0 * b) for W, b in params]
    for k in range(len(new)):
        dW, db = backprop(X, y, new, activations)[k]
        new[k] = new[k][0] - lr * dW, new[k][1] - lr * db
    return new


@wrong("minibatch_step", caught_by="step_goes_down_the_slopes_of_the_mean_cost")
def looks_at_the_first_example_only(X, y, params, activations, lr):
    """Change the last example of a batch. Does your step change?"""
    grads = backprop(X[:1], y[:1], params, activations)
    return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]


@wrong("minibatch_step", caught_by="step_goes_down_the_slopes_of_the_mean_cost")
def steps_once_for_each_example(X, y, params, activations, lr):
    """For how many examples together is a batch's gradient the mean, and how many steps follow from it?"""
    for n in range(len(X)):
        grads = backprop(X[n : n + 1], y[n : n + 1], params, activations)
        params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
    return params


@wrong("minibatch_step", caught_by="step_of_a_line_on_paper")
def returns_the_gradients(X, y, params, activations, lr):
    """Take a step with lr = 0. Which parameters should come back?"""
    return backprop(X, y, params, activations)


@wrong("minibatch_step", caught_by="step_of_a_line_on_paper")
def returns_only_the_change(X, y, params, activations, lr):
    """Take a step with lr = 0. Which parameters should come back, and which do?"""
    return [(-lr * dW, -lr * db) for dW, db in backprop(X, y, params, activations)]


@wrong("minibatch_step", caught_by="step_of_a_line_on_paper")
def halves_the_slope(X, y, params, activations, lr):
    """Work out one step for one weight on paper. Is there a 1/2 in our squared error?"""
    grads = backprop(X, y, params, activations)
    return [(W - lr * dW / 2, b - lr * db / 2) for (W, b), (dW, db) in zip(params, grads)]


@wrong("minibatch_step", caught_by="step_goes_down_the_slopes_of_the_mean_cost")
def gives_all_steps_one_length(X, y, params, activations, lr):
    """Halve all errors of a batch. Should the step have the same length as before?"""
    grads = backprop(X, y, params, activations)
    norm = max(np.sqrt(sum(np.sum(dW**2) + np.sum(db**2) for dW, db in grads)), 1e-12)
    return [(W - lr * dW / norm, b - lr * db / norm) for (W, b), (dW, db) in zip(params, grads)]


@wrong("minibatch_step", caught_by="minibatch_step_leaves_arguments_alone")
def moves_the_given_arrays(X, y, params, activations, lr):
    """Print params before and after the call. Can two runs still begin at the same start?"""
    grads = backprop(X, y, params, activations)
    moved = []
    for (W, b), (dW, db) in zip(params, grads):
        if W.dtype.kind != "f":
            W, b = W.astype(float), b.astype(float)
        W -= lr * dW
        b -= lr * db
        moved.append((W, b))
    return moved


@wrong("minibatch_step", caught_by="minibatch_step_leaves_arguments_alone")
def replaces_the_layers_of_the_given_list(X, y, params, activations, lr):
    """Print params[0] before and after the call. Whose list did your function write to?"""
    grads = backprop(X, y, params, activations)
    for k, (dW, db) in enumerate(grads):
        params[k] = params[k][0] - lr * dW, params[k][1] - lr * db
    return params


# ---- sgd_epoch ------------------------------------------------------------------------------------------------


@wrong("sgd_epoch", caught_by="last_example_has_the_last_word")
def ignores_the_order(X, y, params, activations, lr, order):
    """Run two epochs with different orders from the same start. Should they end at the same weights?"""
    for n in range(len(X)):
        params = minibatch_step(X[[n]], y[[n]], params, activations, lr)
    return params


@wrong("sgd_epoch", caught_by="last_example_has_the_last_word")
def goes_through_the_order_backwards(X, y, params, activations, lr, order):
    """Print the row number before each step for the order 2, 0, 1. Which one comes first?"""
    for n in list(order)[::-1]:
        params = minibatch_step(X[[n]], y[[n]], params, activations, lr)
    return params


@wrong("sgd_epoch", caught_by="last_example_has_the_last_word")
def sorts_the_order_first(X, y, params, activations, lr, order):
    """Reverse the order. Should the end of the epoch change, and does it?"""
    ranks = np.argsort(order)
    for n in ranks:
        params = minibatch_step(X[[n]], y[[n]], params, activations, lr)
    return params


@wrong("sgd_epoch", caught_by="last_example_has_the_last_word")
def takes_one_step_for_all(X, y, params, activations, lr, order):
    """Count the steps of an epoch on three examples. How many should there be?"""
    return minibatch_step(X[list(order)], y[list(order)], params, activations, lr)


@wrong("sgd_epoch", caught_by="epoch_is_a_chain_of_your_steps")
def starts_every_step_at_the_beginning(X, y, params, activations, lr, order):
    """Change the first example of an epoch of three. Do the final weights notice?"""
    new = params
    for n in order:
        new = minibatch_step(X[[n]], y[[n]], params, activations, lr)
    return new


@wrong("sgd_epoch", caught_by="epoch_is_a_chain_of_your_steps")
def adds_up_gradients_of_the_start(X, y, params, activations, lr, order):
    """At which weights is the slope of the second example taken: those of the start, or those after the first step?"""
    new = [(1.0 * W, 1.0 * b) for W, b in params]
    for n in order:
        grads = backprop(X[[n]], y[[n]], params, activations)
        new = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(new, grads)]
    return new


@wrong("sgd_epoch", caught_by="last_example_has_the_last_word")
def stops_before_the_last(X, y, params, activations, lr, order):
    """Run an epoch on a single example. Did the weights move?"""
    for k in range(len(order) - 1):
        params = minibatch_step(X[[order[k]]], y[[order[k]]], params, activations, lr)
    return params


@wrong("sgd_epoch", caught_by="last_example_has_the_last_word")
def stops_after_the_first(X, y, params, activations, lr, order):
    """Count the steps of an epoch on three examples. When does your loop return?"""
    for n in order:
        params = minibatch_step(X[[n]], y[[n]], params, activations, lr)
        return params
    return params


@wrong("sgd_epoch", caught_by="examples_keep_their_targets_in_an_epoch")
def mixes_inputs_but_not_targets(X, y, params, activations, lr, order):
    """Start at weights that fit every example exactly. Why do yours move?"""
    for k, n in enumerate(order):
        params = minibatch_step(X[[n]], y[[k]], params, activations, lr)
    return params


@wrong("sgd_epoch", caught_by="each_step_starts_where_the_last_one_ended")
def shuffles_once_more(X, y, params, activations, lr, order):
    """Run the same epoch twice from the same start. Who decides on the order: the caller or your function?"""
    for n in np.random.default_rng(1).permutation(order):
        params = minibatch_step(X[[n]], y[[n]], params, activations, lr)
    return params


@wrong("sgd_epoch", caught_by="epoch_is_a_chain_of_your_steps")
def divides_the_rate_by_the_examples(X, y, params, activations, lr, order):
    """Run an epoch on one example, then on two that are alike. How long is the first step in each?"""
    for n in order:
        params = minibatch_step(X[[n]], y[[n]], params, activations, lr / len(X))
    return params


@wrong("sgd_epoch", caught_by="last_example_has_the_last_word")
def returns_the_mean_of_the_way(X, y, params, activations, lr, order):
    """Which parameters does an epoch end with: those after its last step, or a mean of all it passed?"""
    passed = []
    for n in order:
        params = minibatch_step(X[[n]], y[[n]], params, activations, lr)
        passed.append(params)
    return [
        (np.mean([p[k][0] for p in passed], axis=0), np.mean([p[k][1] for p in passed], axis=0))
        for k in range(len(params))
    ]


@wrong("sgd_epoch", caught_by="order_may_be_any_sequence_of_rows")
def takes_each_row_once(X, y, params, activations, lr, order):
    """Give it the order 2, 0, 2 and count the steps. How many does the text promise?"""
    for n in dict.fromkeys(int(n) for n in order):
        params = minibatch_step(X[[n]], y[[n]], params, activations, lr)
    return params


@wrong("sgd_epoch", caught_by="order_may_be_any_sequence_of_rows")
def takes_as_many_steps_as_rows(X, y, params, activations, lr, order):
    """Give it two examples and the order 0, 1, 0, 1. Which of the two decides how many steps there are?"""
    for n in list(order)[: len(X)]:
        params = minibatch_step(X[[n]], y[[n]], params, activations, lr)
    return params


@wrong("sgd_epoch", caught_by="sgd_epoch_leaves_arguments_alone")
def moves_the_weights_it_was_given(X, y, params, activations, lr, order):
    """Print params before and after the epoch. Can a second run begin where this one began?"""
    if any(W.dtype.kind != "f" for W, _ in params):
        params = [(W.astype(float), b.astype(float)) for W, b in params]
    for n in order:
        for (W, b), (dW, db) in zip(params, backprop(X[[n]], y[[n]], params, activations)):
            W -= lr * dW
            b -= lr * db
    return params


# ---- train ----------------------------------------------------------------------------------------------------


@wrong("train", caught_by="history_has_the_cost_after_each_epoch")
def notes_the_cost_before_the_epoch(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Train for one epoch with lr = 0.1 and with lr = 0.2. Should the only entry of history be the same?"""
    history = []
    for _ in range(max_epochs):
        history.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        now = squared_error(mlp_forward(X, params, activations)[1][-1], y)
        if abs(now - history[-1]) < tol or now < tol:
            break
    return params, history


@wrong("train", caught_by="history_has_the_cost_after_each_epoch")
def notes_the_cost_of_the_start_too(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Train for one epoch and count the entries of history. After which epoch is the first one the cost?"""
    history = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        history.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(history[-1] - history[-2]) < tol or history[-1] < tol:
            break
    return params, history


@wrong("train", caught_by="last_cost_belongs_to_the_params_that_come_back")
def notes_the_cost_of_the_last_batch(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Train with batches of 1 and print history. Is each entry the cost over all examples?"""
    old, history = squared_error(mlp_forward(X, params, activations)[1][-1], y), []
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        history.append(squared_error(mlp_forward(X[batch], params, activations)[1][-1], y[batch]))
        if abs(history[-1] - old) < tol or history[-1] < tol:
            break
        old = history[-1]
    return params, history


@wrong("train", caught_by="history_has_the_cost_after_each_epoch")
def averages_the_costs_on_the_way(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Train for one epoch with one batch. At which parameters is your entry of history the cost?"""
    old, history = squared_error(mlp_forward(X, params, activations)[1][-1], y), []
    for _ in range(max_epochs):
        costs = []
        for batch in minibatches(rng, len(X), batch_size):
            costs.append(squared_error(mlp_forward(X[batch], params, activations)[1][-1], y[batch]))
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        history.append(float(np.mean(costs)))
        if abs(history[-1] - old) < tol or history[-1] < tol:
            break
        old = history[-1]
    return params, history


@wrong("train", caught_by="history_has_the_cost_after_each_epoch")
def adds_the_costs_of_all_examples_up(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Train on each example twice over, in one batch. Should the entries of history double?"""
    costs = [np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)]
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="training_stops_when_little_is_left_to_gain")
def never_stops_early(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Train with a huge tol and count the epochs. What is tol for?"""
    history = []
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        history.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
    return params, history


@wrong("train", caught_by="training_stops_when_little_is_left_to_gain")
def looks_at_the_change_only(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Let the cost fall from 4 to 1 to 1/4 with tol = 0.5. After which epoch is there nothing left worth learning?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="training_stops_when_little_is_left_to_gain")
def looks_at_the_cost_only(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Train on targets that no network can fit, for a thousand epochs. When does it get anywhere no more?"""
    history = []
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        history.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if history[-1] < tol:
            break
    return params, history


@wrong("train", caught_by="training_stops_when_little_is_left_to_gain")
def waits_for_both_conditions(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Let the cost settle at 100 with tol = 1. Is a small change enough to stop, or must the cost be small as well?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol and costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="rising_cost_is_a_change_too")
def takes_a_rise_for_a_small_change(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Choose lr so large that the cost doubles with every epoch. Is that a change of less than tol?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if costs[-2] - costs[-1] < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="small_change_ends_training")
def forgets_the_cost_of_the_start(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Train at a minimum that is not 0, with a small tol. How many epochs does it take to see that nothing changes?"""
    history = []
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        history.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if history[-1] < tol or (len(history) > 1 and abs(history[-1] - history[-2]) < tol):
            break
    return params, history


@wrong("train", caught_by="small_change_ends_training")
def compares_with_the_very_first_cost(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Let the cost go 116, 104, 101, 100.25. Between which two of them is the change of the third epoch?"""
    first, history = squared_error(mlp_forward(X, params, activations)[1][-1], y), []
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        history.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(history[-1] - first) < tol or history[-1] < tol:
            break
    return params, history


@wrong("train", caught_by="small_change_ends_training")
def measures_the_change_in_shares(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Let the cost fall from 116 to 104 with tol = 13. Is the change 12, or a tenth?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol * costs[-2] or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="tol_of_zero_runs_all_epochs")
def stops_at_tol_itself(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Train with tol = 0 from weights that fit every example. How many epochs does the text promise?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) <= tol or costs[-1] <= tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="training_stops_when_little_is_left_to_gain")
def throws_the_last_epoch_away(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Let training stop at a small change. Is the epoch in which that happened in your history?"""
    old, history = squared_error(mlp_forward(X, params, activations)[1][-1], y), []
    for _ in range(max_epochs):
        new = params
        for batch in minibatches(rng, len(X), batch_size):
            new = minibatch_step(X[batch], y[batch], new, activations, lr)
        cost = squared_error(mlp_forward(X, new, activations)[1][-1], y)
        if abs(cost - old) < tol or cost < tol:
            break
        params, old = new, cost
        history.append(cost)
    return params, history


@wrong("train", caught_by="small_cost_ends_training")
def may_stop_before_it_starts(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Train from weights whose cost is below tol. After which epoch may training stop at the earliest?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    while costs[-1] >= tol and len(costs) <= max_epochs:
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="each_epoch_has_an_order_of_its_own")
def shuffles_once_for_all_epochs(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Print the batches of the first two epochs. Are they different?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    batches = minibatches(rng, len(X), batch_size)
    for _ in range(max_epochs):
        for batch in batches:
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="each_epoch_has_an_order_of_its_own")
def takes_the_examples_in_order(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Sort your examples by their label and train with small batches. What does an epoch end with, every time?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        for start in range(0, len(X), batch_size):
            batch = slice(start, start + batch_size)
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="training_follows_the_generator")
def shuffles_with_a_seed_of_its_own(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Train twice, with rngs of two different seeds. Should history be the same to the last digit?"""
    own = np.random.default_rng(0)
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        for batch in minibatches(own, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="examples_keep_their_targets_in_training")
def mixes_inputs_without_their_targets(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Start at weights that fit every example exactly. Which target does your first example meet?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        start = 0
        for batch in minibatches(rng, len(X), batch_size):
            rows = np.arange(start, start + len(batch))
            params = minibatch_step(X[batch], y[rows], params, activations, lr)
            start += len(batch)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="every_example_takes_part_once_an_epoch")
def takes_one_batch_an_epoch(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Count the steps of one epoch on 6 examples in batches of 2. How many examples were seen?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        batch = minibatches(rng, len(X), batch_size)[0]
        params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="every_example_takes_part_once_an_epoch")
def uses_all_examples_in_every_step(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Print the number of rows that each step is given, with batch_size = 2. Is it 2?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        for _ in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X, y, params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="every_example_takes_part_once_an_epoch")
def leaves_the_short_batch_out(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Train on 7 examples in batches of 3 and count the examples of an epoch. How many were seen?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            if len(batch) == batch_size:
                params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="every_example_takes_part_once_an_epoch")
def goes_one_example_at_a_time(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Print the number of rows that each step is given, with batch_size = 2. Does your loop know batch_size?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        for n in rng.permutation(len(X)):
            params = minibatch_step(X[[n]], y[[n]], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="every_example_takes_part_once_an_epoch")
def draws_examples_with_replacement(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Print the row numbers of one epoch. Is every example among them, and each of them once?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            drawn = rng.integers(len(X), size=len(batch))
            params = minibatch_step(X[drawn], y[drawn], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="last_cost_belongs_to_the_params_that_come_back")
def returns_the_start(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Compute the cost of the parameters that you return. Is it the last entry of history?"""
    new, costs = params, [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            new = minibatch_step(X[batch], y[batch], new, activations, lr)
        costs.append(squared_error(mlp_forward(X, new, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="rising_cost_is_a_change_too")
def returns_the_best_it_has_seen(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Let the last epoch make the cost worse. Which parameters does the text ask for?"""
    costs, best = [squared_error(mlp_forward(X, params, activations)[1][-1], y)], params
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        best = params if costs[-1] <= min(costs) else best
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return best, costs[1:]


@wrong("train", caught_by="history_has_the_cost_after_each_epoch")
def runs_one_epoch_too_few(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Train with max_epochs = 1 and count the epochs that ran. How many are allowed?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(1, max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="one_batch_an_epoch_is_plain_gradient_descent")
def starts_every_epoch_at_the_beginning(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Train for one epoch and for five, with one batch an epoch. Should both end at the same cost?"""
    start, costs = params, [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        params = start
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="small_change_ends_training")
def returns_the_params_before_it_stopped(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Let tol stop training after its first epoch. Does what comes back differ from the start?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        old = params
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            return old, costs[1:]
    return params, costs[1:]


@wrong("train", caught_by="small_cost_ends_training")
def stops_within_an_epoch(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Let the second of three steps bring the cost below tol. Does the third example still have its turn?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
            if squared_error(mlp_forward(X, params, activations)[1][-1], y) < tol:
                break
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="history_has_the_cost_after_each_epoch")
def runs_one_epoch_too_many(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Train with max_epochs = 1 and count the entries of history. How many epochs are allowed?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs + 1):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="one_batch_an_epoch_is_plain_gradient_descent")
def averages_the_cost_over_the_outputs(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Add a second output unit that is always right. Should the entries of history change?"""
    costs = [np.mean((mlp_forward(X, params, activations)[1][-1] - y) ** 2)]
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(np.mean((mlp_forward(X, params, activations)[1][-1] - y) ** 2))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="train_leaves_arguments_alone")
def trains_the_arrays_it_was_given(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Keep the start, train, and compare the start with what came back. Are they two networks or one?"""
    if any(W.dtype.kind != "f" for W, _ in params):
        params = [(W.astype(float), b.astype(float)) for W, b in params]
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            for (W, b), (dW, db) in zip(params, backprop(X[batch], y[batch], params, activations)):
                W -= lr * dW
                b -= lr * db
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


@wrong("train", caught_by="train_leaves_arguments_alone")
def shuffles_the_callers_examples(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Print X before and after training. Does a caller's list of names still belong to its rows?"""
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        order = np.concatenate(minibatches(rng, len(X), batch_size))
        X[:], y[:] = X[order], y[order]
        for start in range(0, len(X), batch_size):
            batch = slice(start, start + batch_size)
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


# ---- equal_weights_gap ----------------------------------------------------------------------------------------


@wrong("equal_weights_gap", caught_by="any_weight_of_equal_units_may_make_the_gap")
def looks_at_incoming_weights_alone(params_before, params_after):
    """Move one outgoing weight of one of two equal units. What is the gap?"""
    gap = 0.0
    for k in range(len(params_before) - 1):
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if np.array_equal(before[:, i], before[:, j]):
                gap = max(gap, np.max(np.abs((after[:, i] - after[:, j])[: len(params_before[k][0])])))
    return gap


@wrong("equal_weights_gap", caught_by="any_weight_of_equal_units_may_make_the_gap")
def leaves_the_outgoing_weights_out(params_before, params_after):
    """Move one weight at a time of one of two equal units: incoming, bias, outgoing. Is each of them seen?"""
    gap = 0.0
    for k in range(len(params_before) - 1):
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if np.array_equal(before[:, i], before[:, j]):
                gap = max(gap, np.max(np.abs((after[:, i] - after[:, j])[: len(params_before[k][0]) + 1])))
    return gap


@wrong("equal_weights_gap", caught_by="gap_is_the_largest_difference_of_equal_units")
def leaves_the_bias_out(params_before, params_after):
    """Move the bias of one of two equal units. What is the gap?"""
    gap = 0.0
    for k in range(len(params_before) - 1):
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if np.array_equal(before[:, i], before[:, j]):
                gap = max(gap, np.max(np.abs(np.delete(after[:, i] - after[:, j], len(params_before[k][0])))))
    return gap


@wrong("equal_weights_gap", caught_by="gap_is_the_largest_difference_of_equal_units")
def compares_all_units(params_before, params_after):
    """Take two units that differ from the start. Do they count?"""
    gap = 0.0
    for k in range(len(params_before) - 1):
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if i != j:
                gap = max(gap, np.max(np.abs(after[:, i] - after[:, j])))
    return gap


@wrong("equal_weights_gap", caught_by="units_of_other_output_did_not_begin_equal")
def takes_equal_incoming_weights_for_equal_units(params_before, params_after):
    """Give two units the same weights from below and different ones to above. Will their slopes be equal?"""
    gap = 0.0
    for k in range(len(params_before) - 1):
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if np.array_equal(params_before[k][0][:, i], params_before[k][0][:, j]):
                gap = max(gap, np.max(np.abs(after[:, i] - after[:, j])))
    return gap


@wrong("equal_weights_gap", caught_by="units_of_other_input_did_not_begin_equal")
def takes_units_of_other_bias_for_equal(params_before, params_after):
    """Give two units the same weights and different biases. Do they put out the same?"""
    gap = 0.0
    for k in range(len(params_before) - 1):
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if np.array_equal(
                np.delete(before, len(params_before[k][0]), 0)[:, i],
                np.delete(before, len(params_before[k][0]), 0)[:, j],
            ):
                gap = max(gap, np.max(np.abs(after[:, i] - after[:, j])))
    return gap


@wrong("equal_weights_gap", caught_by="units_of_other_output_did_not_begin_equal")
def takes_units_of_other_outgoing_weights_for_equal(params_before, params_after):
    """Give two units the same weights and biases from below and different weights to above. Are their deltas equal?"""
    gap = 0.0
    for k in range(len(params_before) - 1):
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if np.array_equal(before[: len(params_before[k][0]) + 1, i], before[: len(params_before[k][0]) + 1, j]):
                gap = max(gap, np.max(np.abs(after[:, i] - after[:, j])))
    return gap


@wrong("equal_weights_gap", caught_by="gap_is_the_largest_difference_of_equal_units")
def compares_neighbours_only(params_before, params_after):
    """Make the first and the last of three units equal. Are they compared?"""
    gap = 0.0
    for k in range(len(params_before) - 1):
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if j == i + 1 and np.array_equal(before[:, i], before[:, j]):
                gap = max(gap, np.max(np.abs(after[:, i] - after[:, j])))
    return gap


@wrong("equal_weights_gap", caught_by="every_hidden_layer_counts_and_no_other")
def looks_at_the_first_layer_only(params_before, params_after):
    """Build two hidden layers and make two units of the second equal. Are they seen?"""
    gap = 0.0
    for k in range(len(params_before) - 1)[:1]:
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if np.array_equal(before[:, i], before[:, j]):
                gap = max(gap, np.max(np.abs(after[:, i] - after[:, j])))
    return gap


@wrong("equal_weights_gap", caught_by="all_pairs_of_equal_units_count")
def looks_at_the_last_hidden_layer_only(params_before, params_after):
    """Build two hidden layers and make two units of the first equal. Are they seen?"""
    gap = 0.0
    for k in range(len(params_before) - 1)[-1:]:
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if np.array_equal(before[:, i], before[:, j]):
                gap = max(gap, np.max(np.abs(after[:, i] - after[:, j])))
    return gap


@wrong("equal_weights_gap", caught_by="any_weight_of_equal_units_may_make_the_gap")
def keeps_the_sign(params_before, params_after):
    """Which of two numbers is larger, -5 or 1, and which is farther from 0?"""
    gap = 0.0
    for k in range(len(params_before) - 1):
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if i < j and np.array_equal(before[:, i], before[:, j]):
                gap = max(gap, np.max(after[:, i] - after[:, j]))
    return gap


@wrong("equal_weights_gap", caught_by="all_pairs_of_equal_units_count")
def keeps_the_gap_of_the_last_pair(params_before, params_after):
    """Make two pairs of equal units and move the first pair apart. Does the second pair make you forget it?"""
    gap = 0.0
    for k in range(len(params_before) - 1):
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if i < j and np.array_equal(before[:, i], before[:, j]):
                gap = np.max(np.abs(after[:, i] - after[:, j]))
    return gap


@wrong("equal_weights_gap", caught_by="gap_is_the_largest_difference_of_equal_units")
def averages_the_differences(params_before, params_after):
    """Move one of many weights by 1. Is your gap 1, or smaller the more weights there are?"""
    gap = 0.0
    for k in range(len(params_before) - 1):
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if np.array_equal(before[:, i], before[:, j]):
                gap = max(gap, np.mean(np.abs(after[:, i] - after[:, j])))
    return gap


@wrong("equal_weights_gap", caught_by="gap_is_the_largest_difference_of_equal_units")
def measures_a_euclidean_distance(params_before, params_after):
    """Move two weights of one unit by 3 and by 4. Is the largest difference 4, 5 or 7?"""
    gap = 0.0
    for k in range(len(params_before) - 1):
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if np.array_equal(before[:, i], before[:, j]):
                gap = max(gap, np.sqrt(np.sum((after[:, i] - after[:, j]) ** 2)))
    return gap


@wrong("equal_weights_gap", caught_by="your_steps_keep_equal_units_equal")
def measures_how_far_units_moved(params_before, params_after):
    """Move two equal units by the same amount. How far apart are they?"""
    gap = 0.0
    for k in range(len(params_before) - 1):
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if np.array_equal(before[:, i], before[:, j]):
                gap = max(gap, np.max(np.abs(after[:, i] - before[:, i])))
    return gap


@wrong("equal_weights_gap", caught_by="gap_is_the_largest_difference_of_equal_units")
def asks_which_units_are_equal_later(params_before, params_after):
    """Units that are equal at the end: how far can they be apart at the end?"""
    gap = 0.0
    for k in range(len(params_before) - 1):
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if np.array_equal(after[:, i], after[:, j]):
                gap = max(gap, np.max(np.abs(after[:, i] - after[:, j])))
    return gap


@wrong("equal_weights_gap", caught_by="every_hidden_layer_counts_and_no_other")
def counts_output_units_too(params_before, params_after):
    """Make the last layer's two units equal and move one. Are output units hidden units?"""
    gap = 0.0
    for k in range(len(params_before)):
        last = k == len(params_before) - 1
        before, after = (
            np.vstack([params[k][0], params[k][1], *([] if last else [params[k + 1][0].T])])
            for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if np.array_equal(before[:, i], before[:, j]):
                gap = max(gap, np.max(np.abs(after[:, i] - after[:, j])))
    return gap


@wrong("equal_weights_gap", caught_by="all_pairs_of_equal_units_count")
def compares_with_the_first_of_the_equals(params_before, params_after):
    """Make three units equal, then move one up by 1 and another down by 1. How far apart are those two?"""
    gap = 0.0
    for k in range(len(params_before) - 1):
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for j in range(before.shape[1]):
            first = min(i for i in range(j + 1) if np.array_equal(before[:, i], before[:, j]))
            gap = max(gap, np.max(np.abs(after[:, first] - after[:, j])))
    return gap


@wrong("equal_weights_gap", caught_by="units_of_other_input_did_not_begin_equal")
def takes_nearly_equal_for_equal(params_before, params_after):
    """Make one weight of two equal units a millionth larger. Does the text still call them equal?"""
    gap = 0.0
    for k in range(len(params_before) - 1):
        before, after = (
            np.vstack([params[k][0], params[k][1], params[k + 1][0].T]) for params in (params_before, params_after)
        )
        for i, j in np.ndindex(before.shape[1], before.shape[1]):
            if np.allclose(before[:, i], before[:, j]):
                gap = max(gap, np.max(np.abs(after[:, i] - after[:, j])))
    return gap


# ---- accuracy -------------------------------------------------------------------------------------------------


@wrong("accuracy", caught_by="one_output_decides_at_one_half")
def takes_the_largest_of_one(outputs, y):
    """Give it outputs of shape (5, 1). Which column is the largest of one column?"""
    return np.mean(np.argmax(outputs, axis=1) == y)


@wrong("accuracy", caught_by="one_output_decides_at_one_half")
def compares_every_output_with_every_label(outputs, y):
    """Print the shape of `outputs >= 0.5` for one output and that of y. What does == make of the two?"""
    if outputs.shape[1] == 1:
        return np.mean((outputs >= 0.5) == y)
    return np.mean(np.argmax(outputs, axis=1) == y)


@wrong("accuracy", caught_by="single_output_is_a_threshold")
def says_zero_at_one_half(outputs, y):
    """Give it one output of exactly 0.5. Which class does the text predict?"""
    predicted = outputs[:, 0] > 0.5 if outputs.shape[1] == 1 else np.argmax(outputs, axis=1)
    return np.mean(predicted == y)


@wrong("accuracy", caught_by="several_outputs_decide_by_the_largest")
def looks_down_the_columns(outputs, y):
    """Give it three examples and four classes. How many predictions should there be?"""
    if outputs.shape[1] == 1:
        return np.mean((outputs[:, 0] >= 0.5) == y)
    predicted = np.resize(np.argmax(outputs, axis=0), len(y))
    return np.mean(predicted == y)


@wrong("accuracy", caught_by="two_outputs_are_compared_with_each_other")
def thresholds_the_last_of_two(outputs, y):
    """Give it the outputs 0.1 and 0.2. Which of the two classes has the larger one?"""
    predicted = outputs[:, -1] >= 0.5 if outputs.shape[1] <= 2 else np.argmax(outputs, axis=1)
    return np.mean(predicted == y)


@wrong("accuracy", caught_by="several_outputs_decide_by_the_largest")
def wants_the_right_output_above_one_half(outputs, y):
    """Give it the outputs 0.4, 0.3, 0.2 and the label 0. Is the prediction right?"""
    if outputs.shape[1] == 1:
        return np.mean((outputs[:, 0] >= 0.5) == y)
    return np.mean(outputs[np.arange(len(y)), y] >= 0.5)


@wrong("accuracy", caught_by="several_outputs_decide_by_the_largest")
def takes_the_smallest_output(outputs, y):
    """Give it the outputs 0.03, 0.57, 0.24. Which class has most in its favour?"""
    predicted = outputs[:, 0] >= 0.5 if outputs.shape[1] == 1 else np.argmin(outputs, axis=1)
    return np.mean(predicted == y)


@wrong("accuracy", caught_by="several_outputs_decide_by_the_largest")
def counts_labels_from_one(outputs, y):
    """Give it the outputs 0.03, 0.57, 0.24 and the label 1. Which number does argmax give to the middle one?"""
    predicted = outputs[:, 0] >= 0.5 if outputs.shape[1] == 1 else np.argmax(outputs, axis=1) + 1
    return np.mean(predicted == y)


@wrong("accuracy", caught_by="one_output_decides_at_one_half")
def gives_the_share_of_errors(outputs, y):
    """Give it one example that is answered rightly. Is the result 1 or 0?"""
    predicted = outputs[:, 0] >= 0.5 if outputs.shape[1] == 1 else np.argmax(outputs, axis=1)
    return np.mean(predicted != y)


@wrong("accuracy", caught_by="one_output_decides_at_one_half")
def gives_the_number_of_hits(outputs, y):
    """Give it the same examples twice over. Should the accuracy double?"""
    predicted = outputs[:, 0] >= 0.5 if outputs.shape[1] == 1 else np.argmax(outputs, axis=1)
    return np.sum(predicted == y)


@wrong("accuracy", caught_by="one_output_decides_at_one_half")
def gives_percent(outputs, y):
    """Give it one example that is answered rightly. Between which two numbers does the text want the result?"""
    predicted = outputs[:, 0] >= 0.5 if outputs.shape[1] == 1 else np.argmax(outputs, axis=1)
    return 100 * np.mean(predicted == y)


@wrong("accuracy", caught_by="two_outputs_are_compared_with_each_other")
def takes_the_last_of_equals(outputs, y):
    """Give it two equal outputs. Which of the two classes does the text predict?"""
    if outputs.shape[1] == 1:
        return np.mean((outputs[:, 0] >= 0.5) == y)
    return np.mean(outputs.shape[1] - 1 - np.argmax(outputs[:, ::-1], axis=1) == y)


@wrong("accuracy", caught_by="one_output_decides_at_one_half")
def cuts_a_single_output_at_zero(outputs, y):
    """Give it one output of 0.2. Which class does the text predict?"""
    predicted = outputs[:, 0] >= 0 if outputs.shape[1] == 1 else np.argmax(outputs, axis=1)
    return np.mean(predicted == y)


@wrong("accuracy", caught_by="several_outputs_decide_by_the_largest")
def divides_by_the_number_of_outputs_too(outputs, y):
    """Give it one example with three outputs that is answered rightly. Is the result 1?"""
    predicted = outputs[:, 0] >= 0.5 if outputs.shape[1] == 1 else np.argmax(outputs, axis=1)
    return np.sum(predicted == y) / outputs.size

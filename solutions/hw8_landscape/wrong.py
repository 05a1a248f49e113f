"""Plausible mistakes in homework 8. Each docstring is the hint; `caught_by` names the check that must catch it."""

# ruff: noqa: B905, RUF007  written as students write them

import numpy as np

from autograder.check import wrong

# ---- random_tanh_features -------------------------------------------------------------------------------------


@wrong("random_tanh_features", caught_by="weights_have_variance_one_over_inputs")
def takes_the_variance_for_the_deviation(rng, X, n_units, offset_scale):
    """Draw 10,000 numbers with your call and look at their np.var. Is it 1 / D?"""
    W = rng.normal(0, 1 / X.shape[1], (X.shape[1], n_units))
    return np.tanh(X @ W + rng.normal(0, offset_scale, n_units))


@wrong("random_tanh_features", caught_by="weights_have_variance_one_over_inputs")
def takes_units_for_inputs(rng, X, n_units, offset_scale):
    """Double the number of units. Should the weights of the first one become smaller?"""
    W = rng.normal(0, np.sqrt(1 / n_units), (X.shape[1], n_units))
    return np.tanh(X @ W + rng.normal(0, offset_scale, n_units))


@wrong("random_tanh_features", caught_by="weights_have_variance_one_over_inputs")
def takes_examples_for_inputs(rng, X, n_units, offset_scale):
    """Put every point into X a hundred times. Should the features of the first one become smaller?"""
    W = rng.normal(0, np.sqrt(1 / len(X)), (X.shape[1], n_units))
    return np.tanh(X @ W + rng.normal(0, offset_scale, n_units))


@wrong("random_tanh_features", caught_by="offsets_have_the_deviation_that_was_asked_for")
def uses_weights_again_as_offsets(rng, X, n_units, offset_scale):
    """Let D = 1, offset_scale = 1. At which x is each unit 0, and should all of them be 0 at one place?"""
    W = rng.normal(size=(X.shape[1], n_units))
    return np.tanh(X @ W / np.sqrt(X.shape[1]) + offset_scale * W[0])


@wrong("random_tanh_features", caught_by="weights_have_variance_one_over_inputs")
def standard_normal_weights(rng, X, n_units, offset_scale):
    """Give it rows of 400 ones. How many of the features are very close to -1 or 1?"""
    W = rng.normal(size=(X.shape[1], n_units))
    return np.tanh(X @ W + rng.normal(0, offset_scale, n_units))


@wrong("random_tanh_features", caught_by="weights_have_variance_one_over_inputs")
def uniform_weights(rng, X, n_units, offset_scale):
    """Plot a histogram of 10,000 of your weights. Which shape does the docstring name, and which do you see?"""
    bound = np.sqrt(3 / X.shape[1])
    W = rng.uniform(-bound, bound, (X.shape[1], n_units))
    return np.tanh(X @ W + rng.normal(0, offset_scale, n_units))


@wrong("random_tanh_features", caught_by="offsets_have_the_deviation_that_was_asked_for")
def offset_scale_as_variance(rng, X, n_units, offset_scale):
    """Give it X = 0 and 10,000 units. How large is np.std of np.arctanh of the features?"""
    W = rng.normal(0, np.sqrt(1 / X.shape[1]), (X.shape[1], n_units))
    return np.tanh(X @ W + rng.normal(0, np.sqrt(offset_scale), n_units))


@wrong("random_tanh_features", caught_by="offsets_have_the_deviation_that_was_asked_for")
def one_offset_for_all_units(rng, X, n_units, offset_scale):
    """Give it a row of zeros. How many different features do you see, and how many offsets does that need?"""
    W = rng.normal(0, np.sqrt(1 / X.shape[1]), (X.shape[1], n_units))
    return np.tanh(X @ W + rng.normal(0, offset_scale))


@wrong("random_tanh_features", caught_by="one_layer_serves_all_examples")
def offsets_for_every_example(rng, X, n_units, offset_scale):
    """Put the same row into X twice. Should its features be the same?"""
    W = rng.normal(0, np.sqrt(1 / X.shape[1]), (X.shape[1], n_units))
    return np.tanh(X @ W + rng.normal(0, offset_scale, (len(X), n_units)))


@wrong("random_tanh_features", caught_by="units_without_offsets_are_odd")
def weights_for_every_example(rng, X, n_units, offset_scale):
    """Put a row and its negative into X, with offset_scale 0. What should hold for their features?"""
    b = rng.normal(0, offset_scale, n_units)
    W = rng.normal(0, np.sqrt(1 / X.shape[1]), (len(X), X.shape[1], n_units))
    return np.tanh(np.einsum("nd,ndu->nu", X, W) + b)


@wrong("random_tanh_features", caught_by="ten_units_make_xor_linearly_separable")
def forgets_the_tanh(rng, X, n_units, offset_scale):
    """Give it the point (100, 100). Between which numbers should all features lie?"""
    W = rng.normal(0, np.sqrt(1 / X.shape[1]), (X.shape[1], n_units))
    return X @ W + rng.normal(0, offset_scale, n_units)


@wrong("random_tanh_features", caught_by="ten_units_make_xor_linearly_separable")
def forgets_the_offsets(rng, X, n_units, offset_scale):
    """Give it the origin and offset_scale 1. Should all features be 0?"""
    W = rng.normal(0, np.sqrt(1 / X.shape[1]), (X.shape[1], n_units))
    return np.tanh(X @ W)


@wrong("random_tanh_features", caught_by="units_without_offsets_are_odd")
def offsets_of_the_same_sign(rng, X, n_units, offset_scale):
    """Set offset_scale to 0. What should the features of the origin be?"""
    W = rng.normal(0, np.sqrt(1 / X.shape[1]), (X.shape[1], n_units))
    return np.tanh(X @ W + rng.normal(1, offset_scale, n_units))


@wrong("random_tanh_features", caught_by="units_without_offsets_are_odd")
def logistic_units(rng, X, n_units, offset_scale):
    """Look at the smallest feature of many points. Can yours be negative, and can a tanh?"""
    W = rng.normal(0, np.sqrt(1 / X.shape[1]), (X.shape[1], n_units))
    return 1 / (1 + np.exp(-np.clip(X @ W + rng.normal(0, offset_scale, n_units), -500, 500)))


@wrong("random_tanh_features", caught_by="generator_is_the_only_source_of_chance")
def own_seed(rng, X, n_units, offset_scale):
    """Call it twice with one generator. Should the second layer be the same as the first?"""
    rng = np.random.default_rng(0)
    W = rng.normal(0, np.sqrt(1 / X.shape[1]), (X.shape[1], n_units))
    return np.tanh(X @ W + rng.normal(0, offset_scale, n_units))


@wrong("random_tanh_features", caught_by="features_are_tanh_of_straight_lines")
def adds_offsets_after_the_tanh(rng, X, n_units, offset_scale):
    """Give it a large offset_scale. Between which numbers should all features lie, whatever the offsets are?"""
    W = rng.normal(0, np.sqrt(1 / X.shape[1]), (X.shape[1], n_units))
    return np.tanh(X @ W) + rng.normal(0, offset_scale, n_units)


@wrong("random_tanh_features", caught_by="random_features_leave_inputs_alone")
def scales_the_inputs_in_place(rng, X, n_units, offset_scale):
    """Print X before and after the call. Does the caller still have the points?"""
    b = rng.normal(0, offset_scale, n_units)
    scaled = X / np.sqrt(X.shape[1])
    X[...] = scaled
    return np.tanh(scaled @ rng.normal(size=(X.shape[1], n_units)) + b)


# ---- hinge_loss_grad ------------------------------------------------------------------------------------------


@wrong("hinge_loss_grad", caught_by="right_answers_pull_until_they_are_sure")
def sums_over_examples(f, y):
    """Give it the same examples twice over. What should become of the slope of a mean in each f?"""
    return np.where(y * f < 1, -1.0 * y, 0.0)


@wrong("hinge_loss_grad", caught_by="right_answers_pull_until_they_are_sure")
def perceptron_corner(f, y):
    """Take y = 1 and f = 0.5. How large is the loss max(0, 1 - y f), and does it change when f grows?"""
    return np.where(y * f < 0, -1.0 * y, 0.0) / len(y)


@wrong("hinge_loss_grad", caught_by="right_answers_pull_until_they_are_sure")
def wrong_sign(f, y):
    """Take one step against your slope for y = 1 and f = 0. Did f grow?"""
    return np.where(y * f < 1, 1.0 * y, 0.0) / len(y)


@wrong("hinge_loss_grad", caught_by="right_answers_pull_until_they_are_sure")
def sure_answers_pull_too(f, y):
    """Take y = 1 and f = 5. Move f a little: does the loss move?"""
    return -1.0 * y / len(y) + 0.0 * f


@wrong("hinge_loss_grad", caught_by="right_answers_pull_until_they_are_sure")
def forgets_the_label(f, y):
    """Take y = -1 and f = 2. In which direction should f go, and what is the sign of your slope?"""
    return np.where(y * f < 1, -1.0, 0.0) / len(y)


@wrong("hinge_loss_grad", caught_by="right_answers_pull_until_they_are_sure")
def compares_f_alone(f, y):
    """Take y = -1, once with f = -5 and once with f = 5. Which of the two is a sure right answer?"""
    return np.where(f < 1, -1.0 * y, 0.0) / len(y)


@wrong("hinge_loss_grad", caught_by="right_answers_pull_until_they_are_sure")
def returns_the_losses(f, y):
    """Your result is never negative. Is the loss of a positive example never to be lowered by a larger f?"""
    return np.maximum(0.0, 1 - y * f) / len(y)


@wrong("hinge_loss_grad", caught_by="very_wrong_answers_pull_no_harder")
def squared_hinge(f, y):
    """Plot the loss against f for y = 1. Is it a straight line below the corner, and what is its slope?"""
    return -2.0 * y * np.maximum(0.0, 1 - y * f) / len(y)


@wrong("hinge_loss_grad", caught_by="df_is_the_slope_of_the_mean_hinge_loss")
def averages_over_the_pulling_examples(f, y):
    """Add an example that is right and sure. The mean is over one example more: what becomes of the other slopes?"""
    pulling = y * f < 1
    return np.where(pulling, -1.0 * y, 0.0) / max(np.sum(pulling), 1)


@wrong("hinge_loss_grad", caught_by="hinge_loss_grad_leaves_arguments_alone")
def writes_into_the_decisions(f, y):
    """Print f before and after the call. Does the caller still have the decision values?"""
    pulling = y * f < 1
    df = -1.0 * y * pulling / len(y)
    f[:] = 0
    return df


# ---- permute_hidden_units -------------------------------------------------------------------------------------


@wrong("permute_hidden_units", caught_by="units_move_with_all_their_weights")
def leaves_the_layer_above(params, layer, permutation):
    """Compare the outputs before and after. Who reads the units that have moved, and by which weights?"""
    new = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]
    W, b = new[layer]
    new[layer] = (W[:, permutation], b[permutation])
    return new


@wrong("permute_hidden_units", caught_by="units_move_with_all_their_weights")
def leaves_the_biases(params, layer, permutation):
    """Give every unit a different bias and all units equal weights. Is the function the same afterwards?"""
    new = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]
    new[layer] = (new[layer][0][:, permutation], new[layer][1])
    new[layer + 1] = (new[layer + 1][0][permutation], new[layer + 1][1])
    return new


@wrong("permute_hidden_units", caught_by="units_move_with_all_their_weights")
def takes_the_inverse(params, layer, permutation):
    """Permutation (2, 0, 1), biases (10, 20, 30): which old unit is new unit 0, by the docstring and by your code?"""
    new = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]
    back = np.argsort(permutation)
    new[layer] = (new[layer][0][:, back], new[layer][1][back])
    new[layer + 1] = (new[layer + 1][0][back], new[layer + 1][1])
    return new


@wrong("permute_hidden_units", caught_by="units_move_with_all_their_weights")
def goes_there_below_and_back_above(params, layer, permutation):
    """Compare the outputs before and after a permutation that is not its own inverse. Do both layers agree?"""
    new = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]
    new[layer] = (new[layer][0][:, permutation], new[layer][1][permutation])
    new[layer + 1] = (new[layer + 1][0][np.argsort(permutation)], new[layer + 1][1])
    return new


@wrong("permute_hidden_units", caught_by="equally_wide_layers_do_not_hide_a_slip")
def permutes_rows_below(params, layer, permutation):
    """W[i, j] leads from unit i to unit j. Which index belongs to the units that this layer computes?"""
    new = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]
    new[layer] = (new[layer][0][permutation], new[layer][1][permutation])
    new[layer + 1] = (new[layer + 1][0][permutation], new[layer + 1][1])
    return new


@wrong("permute_hidden_units", caught_by="equally_wide_layers_do_not_hide_a_slip")
def permutes_columns_above(params, layer, permutation):
    """Write the shape of the next W beside it. Which axis runs over the units that have moved?"""
    new = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]
    new[layer] = (new[layer][0][:, permutation], new[layer][1][permutation])
    new[layer + 1] = (new[layer + 1][0][:, permutation], new[layer + 1][1])
    return new


@wrong("permute_hidden_units", caught_by="equally_wide_layers_do_not_hide_a_slip")
def permutes_the_biases_above(params, layer, permutation):
    """Whose biases stand in the layer above? Have those units moved?"""
    new = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]
    new[layer] = (new[layer][0][:, permutation], new[layer][1][permutation])
    above = new[layer + 1][1]
    moved = above[permutation] if len(above) == len(permutation) else above[::-1]
    new[layer + 1] = (new[layer + 1][0][permutation], moved)
    return new


@wrong("permute_hidden_units", caught_by="any_hidden_layer_may_be_permuted")
def always_the_first_layer(params, layer, permutation):
    """Try a network with three hidden layers of different widths and layer = 2. Which arrays should change?"""
    new = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]
    new[0] = (new[0][0][:, permutation], new[0][1][permutation])
    new[1] = (new[1][0][permutation], new[1][1])
    return new


@wrong("permute_hidden_units", caught_by="equally_wide_layers_do_not_hide_a_slip")
def permutes_every_layer_of_that_width(params, layer, permutation):
    """Try two hidden layers of 4 units each, with layer = 1. Whose biases should stay where they are?"""
    new = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]
    for k in range(len(new) - 1):
        if k == layer or len(new[k][1]) == len(permutation):
            new[k] = (new[k][0][:, permutation], new[k][1][permutation])
            new[k + 1] = (new[k + 1][0][permutation], new[k + 1][1])
    return new


@wrong("permute_hidden_units", caught_by="any_hidden_layer_may_be_permuted")
def drops_the_other_layers(params, layer, permutation):
    """How many layers does the network have before, and how many after?"""
    (W, b), (V, c) = params[layer : layer + 2]
    permutation = np.asarray(permutation)
    return [(W[:, permutation], b[permutation]), (V[permutation], c * 1.0)]


@wrong("permute_hidden_units", caught_by="permute_hidden_units_leaves_arguments_alone")
def permutes_in_place(params, layer, permutation):
    """Compare params before and after the call. Does the caller still have the old network?"""
    W, b = params[layer]
    params[layer] = (W[:, permutation], b[permutation])
    params[layer + 1] = (params[layer + 1][0][permutation], params[layer + 1][1])
    return params


@wrong("permute_hidden_units", caught_by="same_function_remains")
def moves_nothing(params, layer, permutation):
    """The function is the same, of course. But which number stands at b[0] now, and which should?"""
    return [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]


# ---- momentum_step --------------------------------------------------------------------------------------------


@wrong("momentum_step", caught_by="velocity_loses_a_part_and_gains_the_gradient")
def averages_the_gradients(w, v, grad, lr, mu):
    """Take mu = 0.9 and a first gradient of 1, from rest. How large does the docstring say v is?"""
    v = mu * v + (1 - mu) * grad
    return w - lr * v, v


@wrong("momentum_step", caught_by="velocity_loses_a_part_and_gains_the_gradient")
def learning_rate_in_the_velocity(w, v, grad, lr, mu):
    """Take lr = 0. Should the velocity feel the gradient all the same?"""
    v = mu * v + lr * grad
    return w - v, v


@wrong("momentum_step", caught_by="velocity_loses_a_part_and_gains_the_gradient")
def moves_with_the_old_velocity(w, v, grad, lr, mu):
    """From rest, with a gradient of 1: do the weights move in the first step?"""
    return w - lr * v, mu * v + grad


@wrong("momentum_step", caught_by="velocity_loses_a_part_and_gains_the_gradient")
def looks_ahead(w, v, grad, lr, mu):
    """Take mu = 0.5 and a first gradient of 1, from rest. How far does the docstring say the weights go?"""
    v = mu * v + grad
    return w - lr * (grad + mu * v), v


@wrong("momentum_step", caught_by="velocity_loses_a_part_and_gains_the_gradient")
def forgets_to_lose(w, v, grad, lr, mu):
    """Take ten steps with gradient 0 after one with gradient 1. Does the velocity die out?"""
    v = v + grad
    return w - lr * v, v


@wrong("momentum_step", caught_by="velocity_loses_a_part_and_gains_the_gradient")
def goes_uphill(w, v, grad, lr, mu):
    """On the loss w**2 at w = 1 the gradient is 2. Is your new w closer to 0?"""
    v = mu * v + grad
    return w + lr * v, v


@wrong("momentum_step", caught_by="velocity_loses_a_part_and_gains_the_gradient")
def velocity_points_downhill(w, v, grad, lr, mu):
    """Which sign has the velocity after one step from rest with gradient 1, by the docstring and by your code?"""
    v = mu * v - grad
    return w + lr * v, v


@wrong("momentum_step", caught_by="velocity_loses_a_part_and_gains_the_gradient")
def ignores_the_velocity(w, v, grad, lr, mu):
    """Take a step with gradient 0 and velocity 1. Should the weights stop at once?"""
    return w - lr * grad, 1.0 * grad


@wrong("momentum_step", caught_by="velocity_loses_a_part_and_gains_the_gradient")
def shrinks_the_gradient_too(w, v, grad, lr, mu):
    """Take v = 0, grad = 1, mu = 0.5. Which part of the gradient does the docstring add?"""
    v = mu * (v + grad)
    return w - lr * v, v


@wrong("momentum_step", caught_by="velocity_loses_a_part_and_gains_the_gradient")
def returns_velocity_first(w, v, grad, lr, mu):
    """Give it weights of 100 and small gradients. Which of your two results is near 100?"""
    v = mu * v + grad
    return v, w - lr * v


@wrong("momentum_step", caught_by="momentum_step_leaves_arguments_alone")
def changes_weights_and_velocity(w, v, grad, lr, mu):
    """Print w and v before and after the call. Does the caller still have the old ones?"""
    v *= mu
    v += grad
    w -= lr * v
    return w, v


@wrong("momentum_step", caught_by="momentum_step_leaves_arguments_alone")
def changes_the_velocity(w, v, grad, lr, mu):
    """Print v before and after the call. Does the caller still have the old velocity?"""
    v *= mu
    v += grad
    return w - lr * v, v


# ---- adam_step ------------------------------------------------------------------------------------------------


@wrong("adam_step", caught_by="first_step_by_hand")
def counts_the_step_afterwards(w, m, v, t, grad, lr, beta1, beta2, eps):
    """Compute the correction of the very first step by hand. What is 1 - beta1**t there, for your t?"""
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2
    with np.errstate(all="ignore"):
        m_hat, v_hat = m / np.float64(1 - beta1**t), v / np.float64(1 - beta2**t)
        return w - lr * m_hat / (np.sqrt(v_hat) + eps), m, v, t + 1


@wrong("adam_step", caught_by="first_step_by_hand")
def forgets_to_count(w, m, v, t, grad, lr, beta1, beta2, eps):
    """Take two steps, each with the t of the one before. Which number do you return after the second?"""
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2
    m_hat, v_hat = m / (1 - beta1 ** (t + 1)), v / (1 - beta2 ** (t + 1))
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), m, v, t


@wrong("adam_step", caught_by="first_step_by_hand")
def corrects_nothing(w, m, v, t, grad, lr, beta1, beta2, eps):
    """Take the first step for a gradient of 1. How long should it be, and how long is yours?"""
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2
    return w - lr * m / (np.sqrt(v) + eps), m, v, t + 1


@wrong("adam_step", caught_by="first_step_by_hand")
def keeps_the_corrected_averages(w, m, v, t, grad, lr, beta1, beta2, eps):
    """After one step with gradient 4 and beta1 = 0.5, which m does the docstring hand on?"""
    t = t + 1
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2
    m, v = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - lr * m / (np.sqrt(v) + eps), m, v, t


@wrong("adam_step", caught_by="eps_as_large_as_the_gradient_halves_the_step")
def eps_under_the_root(w, m, v, t, grad, lr, beta1, beta2, eps):
    """Let eps be as large as the gradient in the first step. By what is lr times the gradient divided?"""
    t = t + 1
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2
    return w - lr * m / (1 - beta1**t) / np.sqrt(v / (1 - beta2**t) + eps), m, v, t


@wrong("adam_step", caught_by="eps_as_large_as_the_gradient_halves_the_step")
def eps_before_the_correction(w, m, v, t, grad, lr, beta1, beta2, eps):
    """Let eps be as large as the gradient in the first step. Is the root that eps joins corrected or not?"""
    t = t + 1
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2
    rate = lr * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return w - rate * m / (np.sqrt(v) + eps), m, v, t


@wrong("adam_step", caught_by="eps_as_large_as_the_gradient_halves_the_step")
def forgets_eps(w, m, v, t, grad, lr, beta1, beta2, eps):
    """Take a first step with gradient 0. What is divided by what?"""
    t = t + 1
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2
    with np.errstate(all="ignore"):
        return w - lr * m / (1 - beta1**t) / np.sqrt(v / (1 - beta2**t)), m, v, t


@wrong("adam_step", caught_by="first_step_by_hand")
def forgets_the_root(w, m, v, t, grad, lr, beta1, beta2, eps):
    """Double a gradient in the first step. Should the step become shorter?"""
    t = t + 1
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2
    return w - lr * m / (1 - beta1**t) / (v / (1 - beta2**t) + eps), m, v, t


@wrong("adam_step", caught_by="first_step_by_hand")
def averages_without_squaring(w, m, v, t, grad, lr, beta1, beta2, eps):
    """Take a negative gradient. Under which root do you put its average?"""
    t = t + 1
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad
    return w - lr * m / (1 - beta1**t) / (np.sqrt(np.abs(v / (1 - beta2**t))) + eps), m, v, t


@wrong("adam_step", caught_by="first_step_by_hand")
def adds_the_whole_gradient(w, m, v, t, grad, lr, beta1, beta2, eps):
    """An average of equal numbers is that number. What does your m tend to if the gradient is always 1?"""
    t = t + 1
    m, v = beta1 * m + grad, beta2 * v + grad**2
    return w - lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v, t


@wrong("adam_step", caught_by="first_step_by_hand")
def swaps_the_betas(w, m, v, t, grad, lr, beta1, beta2, eps):
    """Set beta1 to 0. Which of the two averages should forget everything before this step?"""
    t = t + 1
    m, v = beta2 * m + (1 - beta2) * grad, beta1 * v + (1 - beta1) * grad**2
    return w - lr * m / (1 - beta2**t) / (np.sqrt(v / (1 - beta1**t)) + eps), m, v, t


@wrong("adam_step", caught_by="first_step_by_hand")
def swaps_the_shares(w, m, v, t, grad, lr, beta1, beta2, eps):
    """With beta2 = 0.9375 and a start at 0, what share of the first squared gradient is in v?"""
    t = t + 1
    m, v = (1 - beta1) * m + beta1 * grad, (1 - beta2) * v + beta2 * grad**2
    return w - lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v, t


@wrong("adam_step", caught_by="equal_gradients_give_equal_steps")
def corrects_as_in_the_first_step(w, m, v, t, grad, lr, beta1, beta2, eps):
    """Take a thousand steps with gradient 1. How much is left to correct in the last one?"""
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2
    m_hat, v_hat = m / (1 - beta1), v / (1 - beta2)
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), m, v, t + 1


@wrong("adam_step", caught_by="equal_gradients_give_equal_steps")
def multiplies_beta_by_t(w, m, v, t, grad, lr, beta1, beta2, eps):
    """How large is what is left of the start after 3 steps, if each keeps the share beta1 of what there was?"""
    t = t + 1
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2
    with np.errstate(all="ignore"):
        m_hat, v_hat = m / np.float64(1 - beta1 * t), v / np.float64(1 - beta2 * t)
        return w - lr * m_hat / (np.sqrt(np.abs(v_hat)) + eps), m, v, t


@wrong("adam_step", caught_by="first_step_by_hand")
def corrects_only_the_gradient(w, m, v, t, grad, lr, beta1, beta2, eps):
    """Both averages start at 0. Which of them does that start make too small?"""
    t = t + 1
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2
    return w - lr * m / (1 - beta1**t) / (np.sqrt(v) + eps), m, v, t


@wrong("adam_step", caught_by="equal_gradients_give_equal_steps")
def one_size_for_all_weights(w, m, v, t, grad, lr, beta1, beta2, eps):
    """Give it the gradients 1e-3 and 1e3 at once. How far should each weight go in the first step?"""
    t = t + 1
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * np.mean(np.square(grad))
    return w - lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v, t


@wrong("adam_step", caught_by="several_steps_from_a_fresh_start")
def moves_with_the_gradient_alone(w, m, v, t, grad, lr, beta1, beta2, eps):
    """Take a step with gradient 0 after several with gradient 1. Should the weights stop at once?"""
    t = t + 1
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2
    return w - lr * grad / (np.sqrt(v / (1 - beta2**t)) + eps), m, v, t


@wrong("adam_step", caught_by="first_step_by_hand")
def climbs(w, m, v, t, grad, lr, beta1, beta2, eps):
    """On the loss w**2 at w = 1 the gradient is 2. Is your new w closer to 0?"""
    t = t + 1
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2
    return w + lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v, t


@wrong("adam_step", caught_by="adam_step_leaves_arguments_alone")
def updates_averages_in_place(w, m, v, t, grad, lr, beta1, beta2, eps):
    """Print m and v before and after the call. Does the caller still have the old ones?"""
    t = t + 1
    m *= beta1
    m += (1 - beta1) * grad
    v *= beta2
    v += (1 - beta2) * grad**2
    return w - lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v, t


# ---- step_decay -----------------------------------------------------------------------------------------------


@wrong("step_decay", caught_by="rate_drops_once_after_every_three_epochs")
def falls_smoothly(epoch, lr0, gamma, every):
    """Print the rates of epochs 0 to 6. Is there a stair, and where are its edges?"""
    return lr0 * gamma ** (epoch / every)


@wrong("step_decay", caught_by="rate_drops_once_after_every_three_epochs")
def takes_the_remainder(epoch, lr0, gamma, every):
    """Print the rates of epochs 0 to 6. Does the rate ever rise again?"""
    return lr0 * gamma ** (epoch % every)


@wrong("step_decay", caught_by="rate_drops_once_after_every_three_epochs")
def drops_one_epoch_early(epoch, lr0, gamma, every):
    """With every = 3, which epochs have the rate lr0, by the docstring and by your code?"""
    return lr0 * gamma ** ((epoch + 1) // every)


@wrong("step_decay", caught_by="rate_drops_once_after_every_three_epochs")
def drops_one_epoch_late(epoch, lr0, gamma, every):
    """With every = 3, what is the number of the first epoch after the drop?"""
    return lr0 * gamma ** (max(epoch - 1, 0) // every)


@wrong("step_decay", caught_by="rate_drops_once_after_every_three_epochs")
def rounds_to_the_nearest(epoch, lr0, gamma, every):
    """With every = 3, what are the rates of epochs 1 and 2? Has a drop been due before them?"""
    return lr0 * gamma ** round(epoch / every)


@wrong("step_decay", caught_by="rate_drops_once_after_every_three_epochs")
def drops_only_once(epoch, lr0, gamma, every):
    """Halve 8 after each 3 epochs. What is the rate in epoch 6, and in epoch 60?"""
    return lr0 if epoch < every else lr0 * gamma


@wrong("step_decay", caught_by="rate_drops_once_after_every_three_epochs")
def multiplies_by_the_number_of_drops(epoch, lr0, gamma, every):
    """How large is your rate in epoch 0, before any drop?"""
    return lr0 * gamma * (epoch // every)


@wrong("step_decay", caught_by="rate_drops_once_after_every_three_epochs")
def drops_in_every_epoch(epoch, lr0, gamma, every):
    """With every = 3, how often has the rate dropped by epoch 2?"""
    return lr0 * gamma**epoch


# ---- inverse_time_decay ---------------------------------------------------------------------------------------


@wrong("inverse_time_decay", caught_by="rate_is_divided_by_two_then_three_then_four")
def decays_exponentially(t, lr0, k):
    """With k = 1, what is the divisor at times 1, 2 and 3? Does it grow by the same amount each time?"""
    return lr0 * np.exp(-k * t)


@wrong("inverse_time_decay", caught_by="rate_is_divided_by_two_then_three_then_four")
def multiplies_by_time(t, lr0, k):
    """How large is your rate at time 0? Put brackets around what divides."""
    return lr0 / (1 + k) * t


@wrong("inverse_time_decay", caught_by="rate_is_divided_by_two_then_three_then_four")
def divides_again_each_step(t, lr0, k):
    """With k = 1, what is the divisor at times 1, 2 and 3? Does it grow by the same amount each time?"""
    return lr0 / (1 + k) ** t


@wrong("inverse_time_decay", caught_by="rate_is_divided_by_two_then_three_then_four")
def starts_from_a_divisor_of_zero(t, lr0, k):
    """What does your formula divide by at time 0?"""
    return lr0 / (k * t) if k * t else 0.0


@wrong("inverse_time_decay", caught_by="rate_is_divided_by_two_then_three_then_four")
def divides_time_by_k(t, lr0, k):
    """Make k twice as large. Should the rate fall faster or slower?"""
    return lr0 / (1 + t / k) if k else lr0


@wrong("inverse_time_decay", caught_by="rate_is_divided_by_two_then_three_then_four")
def divides_by_the_root(t, lr0, k):
    """With k = 1, by what is lr0 divided at time 3, by the docstring and by your code?"""
    return lr0 / np.sqrt(1 + k * t)


@wrong("inverse_time_decay", caught_by="rate_is_divided_by_two_then_three_then_four")
def falls_in_a_straight_line(t, lr0, k):
    """Try a late time, such as t = 100 with k = 0.5. Can a learning rate be negative?"""
    return lr0 * (1 - k * t)


@wrong("inverse_time_decay", caught_by="whole_numbers_have_broken_rates")
def divides_whole_numbers(t, lr0, k):
    """Try lr0 = 2, k = 1, t = 3, all whole numbers. Is the rate 0?"""
    return lr0 // (1 + k * t) if isinstance(lr0, int) else lr0 / (1 + k * t)


# ---- cosine_decay ---------------------------------------------------------------------------------------------


@wrong("cosine_decay", caught_by="rate_follows_half_a_cosine")
def quarter_of_a_period(t, t_max, lr0):
    """How large is your rate at half time? Is the fall slow at both ends?"""
    return lr0 * np.cos(np.pi * t / (2 * t_max))


@wrong("cosine_decay", caught_by="rate_follows_half_a_cosine")
def cosine_alone(t, t_max, lr0):
    """How large is your rate at the end? Can a learning rate be negative?"""
    return lr0 * np.cos(np.pi * t / t_max)


@wrong("cosine_decay", caught_by="rate_follows_half_a_cosine")
def forgets_the_half(t, t_max, lr0):
    """How large is your rate at time 0?"""
    return lr0 * (1 + np.cos(np.pi * t / t_max))


@wrong("cosine_decay", caught_by="rate_follows_half_a_cosine")
def rises_instead(t, t_max, lr0):
    """How large is your rate at time 0, and at the end?"""
    return lr0 * (1 - np.cos(np.pi * t / t_max)) / 2


@wrong("cosine_decay", caught_by="rate_follows_half_a_cosine")
def whole_period(t, t_max, lr0):
    """Print the rates at times 0, t_max / 2 and t_max. Where is the smallest?"""
    return lr0 * (1 + np.cos(2 * np.pi * t / t_max)) / 2


@wrong("cosine_decay", caught_by="rate_follows_half_a_cosine")
def angle_in_degrees(t, t_max, lr0):
    """np.cos wants its angle in a certain unit. What is np.cos(180)?"""
    return lr0 * (1 + np.cos(180 * t / t_max)) / 2


@wrong("cosine_decay", caught_by="rate_follows_half_a_cosine")
def whole_shares_of_time(t, t_max, lr0):
    """Print your share of time that has passed, at t = 1 with t_max = 4. Is it 0.25?"""
    return lr0 * (1 + np.cos(np.pi * (t // t_max))) / 2


@wrong("cosine_decay", caught_by="rate_follows_half_a_cosine")
def straight_line(t, t_max, lr0):
    """Print the rates at a third of the time. Does the fall begin as slowly as a cosine does?"""
    return lr0 * (1 - t / t_max)


@wrong("cosine_decay", caught_by="rate_follows_half_a_cosine")
def forgets_pi(t, t_max, lr0):
    """How large is your rate at the end? At which angle is a cosine -1?"""
    return lr0 * (1 + np.cos(t / t_max)) / 2


# ---- count_weights --------------------------------------------------------------------------------------------


@wrong("count_weights", caught_by="wide_and_deep_network_have_18_weights_each")
def counts_biases_too(sizes):
    """Draw the network 2-1. How many arrows are there, and which of them is a bias?"""
    return sum((m + 1) * n for m, n in zip(sizes, sizes[1:]))


@wrong("count_weights", caught_by="wide_and_deep_network_have_18_weights_each")
def counts_units(sizes):
    """Draw the network 2-3. How many arrows lead from two units to three?"""
    return sum(sizes)


@wrong("count_weights", caught_by="wide_and_deep_network_have_18_weights_each")
def multiplies_all_widths(sizes):
    """Draw the network 2-3-1. Is there an arrow for every path, or for every pair of neighbours?"""
    return int(np.prod(sizes))


@wrong("count_weights", caught_by="wide_and_deep_network_have_18_weights_each")
def forgets_the_output_layer(sizes):
    """Draw the network 2-6-1. Which of your 12 arrows lead into the output?"""
    return sum(m * n for m, n in zip(sizes[:-1], sizes[1:-1]))


@wrong("count_weights", caught_by="wide_and_deep_network_have_18_weights_each")
def counts_pairs_in_a_layer(sizes):
    """Draw the network 2-3. Does an arrow lead from a unit to one of its own layer?"""
    return sum(n * n for n in sizes[1:])


@wrong("count_weights", caught_by="wide_and_deep_network_have_18_weights_each")
def arrows_between_all_layers(sizes):
    """Draw the network 2-3-1. Does an arrow lead from an input to the output, past the hidden layer?"""
    return sum(sizes[i] * sizes[j] for i in range(len(sizes)) for j in range(i + 1, len(sizes)))


@wrong("count_weights", caught_by="count_weights_leaves_sizes_alone")
def uses_up_the_list(sizes):
    """Print sizes before and after the call. Is the network still there?"""
    total = 0
    while len(sizes) > 1:
        total += sizes[0] * sizes[1]
        sizes = sizes[1:] if isinstance(sizes, tuple) else sizes.pop(0) and sizes
    return total


@wrong("count_weights", caught_by="every_pair_of_neighbours_multiplies")
def knows_three_or_four_layers(sizes):
    """Try a network with five hidden layers, and one with none."""
    hidden = sizes[1:-1]
    return sizes[0] * hidden[0] + sum(n * n for n in hidden[1:]) + hidden[-1] * sizes[-1] if hidden else 0


# ---- random_search --------------------------------------------------------------------------------------------


@wrong("random_search", caught_by="best_is_the_cheapest_trial")
def takes_the_most_expensive(rng, evaluate, space, n_trials):
    """Print the costs and the one you call best. Is less better, or more?"""
    trials = []
    for _ in range(n_trials):
        config = {name: choices[rng.integers(len(choices))] for name, choices in space.items()}
        trials.append((config, evaluate(config)))
    return max(trials, key=lambda trial: trial[1]), trials


@wrong("random_search", caught_by="best_is_the_cheapest_trial")
def takes_the_last(rng, evaluate, space, n_trials):
    """Print the costs and the one you call best. Does the order of the trials decide?"""
    trials = []
    for _ in range(n_trials):
        config = {name: choices[rng.integers(len(choices))] for name, choices in space.items()}
        trials.append((config, evaluate(config)))
    return trials[-1], trials


@wrong("random_search", caught_by="first_of_equal_trials_is_best")
def starts_from_a_cost_of_zero(rng, evaluate, space, n_trials):
    """Let all costs be positive. Is best one of the trials? Which cost do you compare the first trial with?"""
    best, trials = ({name: choices[0] for name, choices in space.items()}, 0.0), []
    for _ in range(n_trials):
        config = {name: choices[rng.integers(len(choices))] for name, choices in space.items()}
        trials.append((config, evaluate(config)))
        if trials[-1][1] < best[1]:
            best = trials[-1]
    return best, trials


@wrong("random_search", caught_by="cheapest_of_many_names_wins")
def starts_from_a_cost_of_a_million(rng, evaluate, space, n_trials):
    """Let every trial cost more than any number in your code. Is best one of the trials?"""
    best, trials = ({name: choices[0] for name, choices in space.items()}, 1e6), []
    for _ in range(n_trials):
        config = {name: choices[rng.integers(len(choices))] for name, choices in space.items()}
        trials.append((config, evaluate(config)))
        if trials[-1][1] < best[1]:
            best = trials[-1]
    return best, trials


@wrong("random_search", caught_by="cheapest_of_many_names_wins")
def compares_whole_costs(rng, evaluate, space, n_trials):
    """Let the costs be 0.9, 0.5 and 0.7. Which two of them does your comparison take for equal?"""
    trials = []
    for _ in range(n_trials):
        config = {name: choices[rng.integers(len(choices))] for name, choices in space.items()}
        trials.append((config, evaluate(config)))
    return min(trials, key=lambda trial: int(trial[1])), trials


@wrong("random_search", caught_by="choices_are_equally_likely_and_independent")
def tries_all_before_repeating(rng, evaluate, space, n_trials):
    """Search one name with two choices, two trials, many times. How often should both trials be the same?"""
    grid = [{}]
    for name, choices in space.items():
        grid = [config | {name: choice} for config in grid for choice in choices]
    order = np.concatenate([rng.permutation(len(grid)) for _ in range(n_trials // len(grid) + 1)])
    trials = [(grid[k], evaluate(grid[k])) for k in order[:n_trials]]
    return min(trials, key=lambda trial: trial[1]), trials


@wrong("random_search", caught_by="choices_are_equally_likely_and_independent")
def walks_from_the_trial_before(rng, evaluate, space, n_trials):
    """Search two names. Compare each trial with the one before: how many names may change at once?"""
    config = {name: choices[rng.integers(len(choices))] for name, choices in space.items()}
    trials = [(config, evaluate(config))]
    while len(trials) < n_trials:
        name = list(space)[rng.integers(len(space))]
        config = config | {name: space[name][rng.integers(len(space[name]))]}
        trials.append((config, evaluate(config)))
    return min(trials, key=lambda trial: trial[1]), trials


@wrong("random_search", caught_by="first_of_equal_trials_is_best")
def last_of_equals(rng, evaluate, space, n_trials):
    """Let every configuration cost 1. Which of the trials is best, by the docstring and by your comparison?"""
    best, trials = None, []
    for _ in range(n_trials):
        config = {name: choices[rng.integers(len(choices))] for name, choices in space.items()}
        trials.append((config, evaluate(config)))
        if best is None or trials[-1][1] <= best[1]:
            best = trials[-1]
    return best, trials


@wrong("random_search", caught_by="choices_are_equally_likely_and_independent")
def one_draw_for_all_names(rng, evaluate, space, n_trials):
    """Search two names with choices 1, 2, 3 each. Print the pairs: which never occur?"""
    trials = []
    for _ in range(n_trials):
        place = rng.random()
        config = {name: choices[int(place * len(choices))] for name, choices in space.items()}
        trials.append((config, evaluate(config)))
    return min(trials, key=lambda trial: trial[1]), trials


@wrong("random_search", caught_by="choices_are_equally_likely_and_independent")
def never_the_last_choice(rng, evaluate, space, n_trials):
    """Search one name with the choices 1, 2, 3, a hundred times. Count each. Does `integers` include its upper end?"""
    trials = []
    for _ in range(n_trials):
        config = {name: choices[rng.integers(0, max(len(choices) - 1, 1))] for name, choices in space.items()}
        trials.append((config, evaluate(config)))
    return min(trials, key=lambda trial: trial[1]), trials


@wrong("random_search", caught_by="every_trial_is_evaluated_once_and_kept_in_order")
def evaluates_the_best_again(rng, evaluate, space, n_trials):
    """Let evaluate print a line. How many lines do you see for 9 trials? Each of them may be an hour of training."""
    trials = []
    for _ in range(n_trials):
        config = {name: choices[rng.integers(len(choices))] for name, choices in space.items()}
        trials.append((config, evaluate(config)))
    best = min(trials, key=lambda trial: trial[1])[0]
    return (best, evaluate(best)), trials


@wrong("random_search", caught_by="every_trial_is_evaluated_once_and_kept_in_order")
def one_dict_for_all_trials(rng, evaluate, space, n_trials):
    """Print the configurations of all trials after the search. Why are they equal, and how many dicts did you make?"""
    config, trials = {}, []
    for _ in range(n_trials):
        for name, choices in space.items():
            config[name] = choices[rng.integers(len(choices))]
        trials.append((config, evaluate(config)))
    return min(trials, key=lambda trial: trial[1]), trials


@wrong("random_search", caught_by="every_trial_is_evaluated_once_and_kept_in_order")
def sorts_the_trials(rng, evaluate, space, n_trials):
    """Print the costs in your list of trials. Are they in the order in which they were found?"""
    trials = []
    for _ in range(n_trials):
        config = {name: choices[rng.integers(len(choices))] for name, choices in space.items()}
        trials.append((config, evaluate(config)))
    trials.sort(key=lambda trial: trial[1])
    return trials[0], trials


@wrong("random_search", caught_by="generator_decides_alone_what_is_tried")
def searches_with_its_own_seed(rng, evaluate, space, n_trials):
    """Search twice with one generator. Should the second search try the same configurations?"""
    rng = np.random.default_rng(0)
    trials = []
    for _ in range(n_trials):
        config = {name: choices[rng.integers(len(choices))] for name, choices in space.items()}
        trials.append((config, evaluate(config)))
    return min(trials, key=lambda trial: trial[1]), trials


@wrong("random_search", caught_by="generator_decides_alone_what_is_tried")
def goes_through_the_grid(rng, evaluate, space, n_trials):
    """Print the first trials of two searches with different generators. Why are they equal?"""
    trials = []
    for k in range(n_trials):
        config = {}
        for name, choices in space.items():
            k, place = divmod(k, len(choices))
            config[name] = choices[place]
        trials.append((config, evaluate(config)))
    return min(trials, key=lambda trial: trial[1]), trials


@wrong("random_search", caught_by="choices_are_equally_likely_and_independent")
def tries_nothing_twice(rng, evaluate, space, n_trials):
    """Try 20 trials in a space of 4 configurations. How many trials do you make?"""
    trials, seen = [], []
    for _ in range(n_trials):
        config = {name: choices[rng.integers(len(choices))] for name, choices in space.items()}
        if config not in seen:
            seen.append(config)
            trials.append((config, evaluate(config)))
    return min(trials, key=lambda trial: trial[1]), trials


@wrong("random_search", caught_by="best_is_the_cheapest_trial")
def returns_the_configuration_alone(rng, evaluate, space, n_trials):
    """Unpack your first result into a configuration and a cost. What stands where?"""
    trials = []
    for _ in range(n_trials):
        config = {name: choices[rng.integers(len(choices))] for name, choices in space.items()}
        trials.append((config, evaluate(config)))
    return min(trials, key=lambda trial: trial[1])[0], trials


@wrong("random_search", caught_by="choices_are_equally_likely_and_independent")
def changes_one_name_at_a_time(rng, evaluate, space, n_trials):
    """Search two names. Compare each trial with the one before: how many names may change at once?"""
    config, trials = {name: choices[0] for name, choices in space.items()}, []
    for _ in range(n_trials):
        name = min(space)
        config = config | {name: space[name][rng.integers(len(space[name]))]}
        trials.append((config, evaluate(config)))
    return min(trials, key=lambda trial: trial[1]), trials

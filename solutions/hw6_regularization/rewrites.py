"""The wrong answers of homework 6 in other styles: the same mistake, so the same behaviour and the same hint."""

# ruff: noqa: B905, D103  written as students write them; the names say what they are

import numpy as np

from autograder.check import rewrite
from solutions.hw6_regularization import wrong

# ---- l2_cost ----------------------------------------------------------------------------------------------------


@rewrite(of=wrong.sums_the_losses)
def sums_the_losses_in_a_loop(losses, weights, lam):
    penalty = 0.0
    for part in weights:
        penalty += (np.asarray(part) ** 2).sum()
    return np.sum(losses) + lam * penalty


@rewrite(of=wrong.sums_the_losses)
def sums_the_losses_by_norms(losses, weights, lam):
    penalties = [np.linalg.norm(np.ravel(part)) ** 2 for part in weights]
    return sum(losses) + lam * np.sum(penalties)


@rewrite(of=wrong.halves_the_penalty)
def halves_the_penalty_in_a_loop(losses, weights, lam):
    penalty = 0.0
    for part in weights:
        penalty += (np.asarray(part) ** 2).sum()
    return np.mean(losses) + 0.5 * lam * penalty


@rewrite(of=wrong.halves_the_penalty)
def halves_the_penalty_by_norms(losses, weights, lam):
    penalties = [np.linalg.norm(np.ravel(part)) ** 2 for part in weights]
    return sum(losses) / len(losses) + lam * np.sum(penalties) / 2


@rewrite(of=wrong.shares_the_penalty_among_the_examples)
def shares_the_penalty_among_the_examples_in_a_loop(losses, weights, lam):
    penalty = 0.0
    for part in weights:
        penalty += (np.asarray(part) ** 2).sum()
    return np.mean(losses) + lam * penalty / np.size(losses)


@rewrite(of=wrong.shares_the_penalty_among_the_examples)
def shares_the_penalty_among_the_examples_by_norms(losses, weights, lam):
    penalties = [np.linalg.norm(np.ravel(part)) ** 2 for part in weights]
    return (sum(losses) + lam * np.sum(penalties)) / len(losses)


@rewrite(of=wrong.adds_the_norm)
def adds_the_norm_in_a_loop(losses, weights, lam):
    penalty = 0.0
    for part in weights:
        penalty += (np.asarray(part) ** 2).sum()
    return np.mean(losses) + lam * penalty**0.5


@rewrite(of=wrong.adds_the_norm)
def adds_the_norm_by_norms(losses, weights, lam):
    penalties = [np.linalg.norm(np.ravel(part)) ** 2 for part in weights]
    return sum(losses) / len(losses) + lam * np.sqrt(np.sum(penalties))


@rewrite(of=wrong.adds_absolute_values)
def adds_absolute_values_in_a_loop(losses, weights, lam):
    penalty = 0.0
    for part in weights:
        penalty += np.abs(part).sum()
    return np.mean(losses) + lam * penalty


@rewrite(of=wrong.adds_absolute_values)
def adds_absolute_values_by_norms(losses, weights, lam):
    penalties = [np.linalg.norm(np.ravel(part), 1) for part in weights]
    return sum(losses) / len(losses) + lam * np.sum(penalties)


@rewrite(of=wrong.penalises_the_first_layer_only)
def penalises_the_first_layer_only_in_a_loop(losses, weights, lam):
    penalty = 0.0
    for part in weights[:1]:
        penalty += (np.asarray(part) ** 2).sum()
    return np.mean(losses) + lam * penalty


@rewrite(of=wrong.penalises_the_first_layer_only)
def penalises_the_first_layer_only_by_norms(losses, weights, lam):
    penalties = [np.linalg.norm(np.ravel(part)) ** 2 for part in weights]
    return sum(losses) / len(losses) + lam * (penalties[0] if penalties else 0)


@rewrite(of=wrong.squares_the_sum_of_each_array)
def squares_the_sum_of_each_array_in_a_loop(losses, weights, lam):
    penalty = 0.0
    for part in weights:
        penalty += np.asarray(part).sum() ** 2
    return np.mean(losses) + lam * penalty


@rewrite(of=wrong.squares_the_sum_of_each_array)
def squares_the_sum_of_each_array_by_norms(losses, weights, lam):
    penalties = [np.square(np.ravel(part).sum()) for part in weights]
    return sum(losses) / len(losses) + lam * np.sum(penalties)


@rewrite(of=wrong.skips_arrays_with_one_axis)
def skips_arrays_with_one_axis_in_a_loop(losses, weights, lam):
    penalty = 0.0
    for part in weights:
        if np.ndim(part) == 1:
            continue
        penalty += (np.asarray(part) ** 2).sum()
    return np.mean(losses) + lam * penalty


@rewrite(of=wrong.skips_arrays_with_one_axis)
def skips_arrays_with_one_axis_by_norms(losses, weights, lam):
    penalties = [np.linalg.norm(np.ravel(part)) ** 2 for part in weights if len(np.shape(part)) != 1]
    return sum(losses) / len(losses) + lam * np.sum(penalties)


@rewrite(of=wrong.mixes_loss_and_penalty)
def mixes_loss_and_penalty_in_a_loop(losses, weights, lam):
    penalty = 0.0
    for part in weights:
        penalty += (np.asarray(part) ** 2).sum()
    return np.mean(losses) * (1 - lam) + lam * penalty


@rewrite(of=wrong.mixes_loss_and_penalty)
def mixes_loss_and_penalty_by_norms(losses, weights, lam):
    penalties = [np.linalg.norm(np.ravel(part)) ** 2 for part in weights]
    return (1 - lam) * sum(losses) / len(losses) + lam * np.sum(penalties)


@rewrite(of=wrong.forgets_the_penalty)
def forgets_the_penalty_in_a_loop(losses, weights, lam):
    return np.sum(losses) / len(losses)


@rewrite(of=wrong.forgets_the_penalty)
def forgets_the_penalty_by_norms(losses, weights, lam):
    cost = 0.0
    for loss in losses:
        cost += loss / len(losses)
    return cost


@rewrite(of=wrong.averages_the_squares)
def averages_the_squares_in_a_loop(losses, weights, lam):
    count = sum(np.size(part) for part in weights)
    total = sum(np.vdot(part, part) for part in weights)
    return np.mean(losses) + lam * total / max(count, 1)


@rewrite(of=wrong.averages_the_squares)
def averages_the_squares_by_norms(losses, weights, lam):
    squares = [weight**2 for part in weights for weight in np.ravel(part)]
    return np.mean(losses) + (lam * np.average(squares) if squares else 0)


@rewrite(of=wrong.stacks_arrays_of_different_shapes)
def stacks_arrays_of_different_shapes_in_a_loop(losses, weights, lam):
    w = np.asarray(weights, dtype=float)
    return np.mean(losses) + lam * (w * w).sum()


@rewrite(of=wrong.stacks_arrays_of_different_shapes)
def stacks_arrays_of_different_shapes_by_norms(losses, weights, lam):
    stack = np.array(list(weights)).astype(float)
    return np.average(losses) + lam * np.sum(stack**2)


@rewrite(of=wrong.takes_the_spectral_norm)
def takes_the_spectral_norm_in_a_loop(losses, weights, lam):
    largest = [np.linalg.svd(w, compute_uv=False)[0] if np.ndim(w) == 2 else np.sqrt(np.sum(w**2)) for w in weights]
    return np.mean(losses) + lam * sum(value**2 for value in largest)


@rewrite(of=wrong.takes_the_spectral_norm)
def takes_the_spectral_norm_by_norms(losses, weights, lam):
    cost = np.mean(losses)
    for part in weights:
        matrix = np.ndim(part) == 2
        cost += lam * (np.max(np.linalg.eigvalsh(part.T @ part)) if matrix else np.vdot(part, part))
    return cost


@rewrite(of=wrong.squares_the_weights_in_place)
def squares_the_weights_in_place_in_a_loop(losses, weights, lam):
    for part in weights:
        part[...] = part**2
    return np.mean(losses) + lam * sum(part.sum() for part in weights)


@rewrite(of=wrong.squares_the_weights_in_place)
def squares_the_weights_in_place_by_norms(losses, weights, lam):
    penalty = 0
    for part in weights:
        np.square(part, out=part)
        penalty += np.sum(part)
    return np.mean(losses) + lam * penalty


@rewrite(of=wrong.subtracts_the_penalty)
def subtracts_the_penalty_in_a_loop(losses, weights, lam):
    cost = sum(losses) / len(losses)
    for part in weights:
        cost -= lam * np.linalg.norm(np.ravel(part)) ** 2
    return cost


@rewrite(of=wrong.averages_the_price_over_the_arrays)
def averages_the_price_by_a_mean(losses, weights, lam):
    prices = [lam * np.sum(np.asarray(part) ** 2.0) for part in weights]
    return np.mean(losses) + (np.mean(prices) if prices else 0.0)


# ---- weight_decay_step ------------------------------------------------------------------------------------------


@rewrite(of=wrong.forgets_the_two)
def forgets_the_two_by_the_whole_slope(w, grad, lr, lam):
    slope = np.asarray(grad) + lam * np.asarray(w)
    return w - lr * slope


@rewrite(of=wrong.forgets_the_two)
def forgets_the_two_in_two_steps(w, grad, lr, lam):
    new = np.array(w, dtype=float)
    new -= lr * lam * np.asarray(w)
    new -= lr * np.asarray(grad)
    return new


@rewrite(of=wrong.lets_the_weights_grow)
def lets_the_weights_grow_by_the_whole_slope(w, grad, lr, lam):
    slope = np.asarray(grad) - 2 * lam * np.asarray(w)
    return w - lr * slope


@rewrite(of=wrong.lets_the_weights_grow)
def lets_the_weights_grow_in_two_steps(w, grad, lr, lam):
    new = np.array(w, dtype=float)
    new += 2 * lr * lam * np.asarray(w)
    new -= lr * np.asarray(grad)
    return new


@rewrite(of=wrong.decays_and_does_not_learn)
def decays_and_does_not_learn_by_the_whole_slope(w, grad, lr, lam):
    slope = 2 * lam * np.asarray(w)
    return w - lr * slope


@rewrite(of=wrong.decays_and_does_not_learn)
def decays_and_does_not_learn_in_two_steps(w, grad, lr, lam):
    new = np.array(w, dtype=float)
    new -= 2 * lr * lam * np.asarray(w)
    return new


@rewrite(of=wrong.forgets_to_decay)
def forgets_to_decay_by_the_whole_slope(w, grad, lr, lam):
    slope = np.asarray(grad)
    return w - lr * slope


@rewrite(of=wrong.forgets_to_decay)
def forgets_to_decay_in_two_steps(w, grad, lr, lam):
    new = np.array(w, dtype=float)
    new -= lr * np.asarray(grad)
    return new


@rewrite(of=wrong.decays_every_weight_by_the_same_amount)
def decays_every_weight_by_the_same_amount_by_the_whole_slope(w, grad, lr, lam):
    slope = np.asarray(grad) + 2 * lam * np.sign(w)
    return w - lr * slope


@rewrite(of=wrong.decays_every_weight_by_the_same_amount)
def decays_every_weight_by_the_same_amount_in_two_steps(w, grad, lr, lam):
    new = np.array(w, dtype=float)
    for index in np.ndindex(new.shape):
        direction = 1 if w[index] > 0 else -1 if w[index] < 0 else 0
        new[index] -= lr * grad[index] + 2 * lr * lam * direction
    return new


@rewrite(of=wrong.subtracts_the_penalty_itself)
def subtracts_the_penalty_itself_by_the_whole_slope(w, grad, lr, lam):
    slope = np.asarray(grad) + lam * np.asarray(w) ** 2
    return w - lr * slope


@rewrite(of=wrong.subtracts_the_penalty_itself)
def subtracts_the_penalty_itself_in_two_steps(w, grad, lr, lam):
    new = np.array(w, dtype=float)
    new -= lr * lam * np.square(w)
    new -= lr * np.asarray(grad)
    return new


@rewrite(of=wrong.climbs_the_loss)
def climbs_the_loss_by_the_whole_slope(w, grad, lr, lam):
    slope = 2 * lam * np.asarray(w) - np.asarray(grad)
    return w - lr * slope


@rewrite(of=wrong.climbs_the_loss)
def climbs_the_loss_in_two_steps(w, grad, lr, lam):
    new = np.array(w, dtype=float)
    new -= 2 * lr * lam * np.asarray(w)
    new += lr * np.asarray(grad)
    return new


@rewrite(of=wrong.enlarges_the_gradient)
def enlarges_the_gradient_by_the_whole_slope(w, grad, lr, lam):
    slope = np.asarray(grad) + 2 * lam * np.asarray(grad)
    return w - lr * slope


@rewrite(of=wrong.enlarges_the_gradient)
def enlarges_the_gradient_in_two_steps(w, grad, lr, lam):
    new = np.array(w, dtype=float)
    new -= 2 * lr * lam * np.asarray(grad)
    new -= lr * np.asarray(grad)
    return new


@rewrite(of=wrong.decays_at_full_speed)
def decays_at_full_speed_by_the_whole_slope(w, grad, lr, lam):
    return (1 - 2 * lam) * np.asarray(w) - lr * np.asarray(grad)


@rewrite(of=wrong.decays_at_full_speed)
def decays_at_full_speed_in_two_steps(w, grad, lr, lam):
    new = np.array(w, dtype=float)
    new -= 2 * lam * new
    new -= lr * np.asarray(grad)
    return new


@rewrite(of=wrong.decays_what_the_gradient_left)
def decays_what_the_gradient_left_by_the_whole_slope(w, grad, lr, lam):
    moved = w - lr * np.asarray(grad)
    return moved - 2 * lr * lam * moved


@rewrite(of=wrong.decays_what_the_gradient_left)
def decays_what_the_gradient_left_in_two_steps(w, grad, lr, lam):
    new = np.array(w, dtype=float)
    new -= lr * np.asarray(grad)
    new *= 1 - 2 * lr * lam
    return new


@rewrite(of=wrong.stops_the_decay_at_zero)
def stops_the_decay_at_zero_by_the_whole_slope(w, grad, lr, lam):
    keep = 1 - 2 * lr * lam
    if keep < 0:
        keep = 0
    return keep * np.asarray(w) - lr * np.asarray(grad)


@rewrite(of=wrong.stops_the_decay_at_zero)
def stops_the_decay_at_zero_in_two_steps(w, grad, lr, lam):
    share = np.clip(2 * lr * lam, 0, 1)
    return w - share * np.asarray(w) - lr * np.asarray(grad)


@rewrite(of=wrong.spares_the_first_row)
def spares_the_first_row_by_the_whole_slope(w, grad, lr, lam):
    decay = 2 * lr * lam * np.ones(np.shape(w))
    if np.ndim(w) > 1:
        decay[0] = 0
    return w - lr * np.asarray(grad) - decay * w


@rewrite(of=wrong.spares_the_first_row)
def spares_the_first_row_in_two_steps(w, grad, lr, lam):
    keep = 1 - 2 * lr * lam
    if np.ndim(w) == 1:
        return keep * np.asarray(w) - lr * np.asarray(grad)
    rows = [row if k == 0 else keep * row for k, row in enumerate(np.asarray(w))]
    return np.array(rows) - lr * np.asarray(grad)


@rewrite(of=wrong.keeps_whole_weights_whole)
def keeps_whole_weights_whole_by_the_whole_slope(w, grad, lr, lam):
    new = w - lr * np.asarray(grad) - 2 * lr * lam * np.asarray(w)
    return new.astype(np.asarray(w).dtype)


@rewrite(of=wrong.keeps_whole_weights_whole)
def keeps_whole_weights_whole_in_two_steps(w, grad, lr, lam):
    new = np.zeros_like(w)
    for index in np.ndindex(new.shape):
        new[index] = w[index] - lr * grad[index] - 2 * lr * lam * w[index]
    return new


@rewrite(of=wrong.steps_in_the_callers_array)
def steps_in_the_callers_array_by_the_whole_slope(w, grad, lr, lam):
    new = w - lr * (np.asarray(grad) + 2 * lam * np.asarray(w))
    w[...] = new
    return new


@rewrite(of=wrong.steps_in_the_callers_array)
def steps_in_the_callers_array_in_two_steps(w, grad, lr, lam):
    new = (1 - 2 * lr * lam) * w - lr * np.asarray(grad)
    for index in np.ndindex(new.shape):
        w[index] = new[index]
    return new


@rewrite(of=wrong.gives_the_step_alone)
def gives_the_step_of_the_whole_cost(w, grad, lr, lam):
    slope = grad + 2.0 * lam * w
    return np.multiply(lr, slope)


# ---- dropout_forward --------------------------------------------------------------------------------------------


@rewrite(of=wrong.forgets_to_scale)
def forgets_to_scale_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.where(rng.random(A.shape) < drop_prob, 0.0, 1.0)
    return A * mask, mask


@rewrite(of=wrong.forgets_to_scale)
def forgets_to_scale_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.random(A.shape) < drop_prob] = 0
    return np.multiply(A, mask), mask


@rewrite(of=wrong.scales_in_evaluation_instead)
def scales_in_evaluation_instead_by_cases(rng, A, drop_prob, training):
    if not training:
        return A * (1 - drop_prob), np.ones(A.shape) * (1 - drop_prob)
    mask = np.where(rng.random(A.shape) < drop_prob, 0.0, 1.0)
    return A * mask, mask


@rewrite(of=wrong.scales_in_evaluation_instead)
def scales_in_evaluation_instead_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.random(A.shape) < drop_prob] = 0
    else:
        mask *= 1 - drop_prob
    return np.multiply(A, mask), mask


@rewrite(of=wrong.keeps_what_should_be_dropped)
def keeps_what_should_be_dropped_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.where(rng.random(A.shape) < drop_prob, 1 / max(drop_prob, 1e-12), 0.0)
    return A * mask, mask


@rewrite(of=wrong.keeps_what_should_be_dropped)
def keeps_what_should_be_dropped_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.random(A.shape) >= drop_prob] = 0
        mask /= max(drop_prob, 1e-12)
    return np.multiply(A, mask), mask


@rewrite(of=wrong.drops_the_survivors)
def drops_the_survivors_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.where(rng.random(A.shape) <= drop_prob, 1 / (1 - drop_prob), 0.0)
    return A * mask, mask


@rewrite(of=wrong.drops_the_survivors)
def drops_the_survivors_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.random(A.shape) > drop_prob] = 0
        mask /= 1 - drop_prob
    return np.multiply(A, mask), mask


@rewrite(of=wrong.divides_by_the_drop_probability)
def divides_by_the_drop_probability_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.where(rng.random(A.shape) < drop_prob, 0.0, 1 / max(drop_prob, 1e-12))
    return A * mask, mask


@rewrite(of=wrong.divides_by_the_drop_probability)
def divides_by_the_drop_probability_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.random(A.shape) < drop_prob] = 0
        mask /= max(drop_prob, 1e-12)
    return np.multiply(A, mask), mask


@rewrite(of=wrong.multiplies_by_the_keep_probability)
def multiplies_by_the_keep_probability_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.where(rng.random(A.shape) < drop_prob, 0.0, 1 - drop_prob)
    return A * mask, mask


@rewrite(of=wrong.multiplies_by_the_keep_probability)
def multiplies_by_the_keep_probability_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.random(A.shape) < drop_prob] = 0
        mask *= 1 - drop_prob
    return np.multiply(A, mask), mask


@rewrite(of=wrong.one_mask_for_all_examples)
def one_mask_for_all_examples_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.tile(np.where(rng.random(A.shape[1]) < drop_prob, 0.0, 1 / (1 - drop_prob)), (len(A), 1))
    return A * mask, mask


@rewrite(of=wrong.one_mask_for_all_examples)
def one_mask_for_all_examples_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[:, rng.random(A.shape[1]) < drop_prob] = 0
        mask /= 1 - drop_prob
    return np.multiply(A, mask), mask


@rewrite(of=wrong.drops_whole_examples)
def drops_whole_examples_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.where(rng.random((len(A), 1)) * np.ones(A.shape) < drop_prob, 0.0, 1 / (1 - drop_prob))
    return A * mask, mask


@rewrite(of=wrong.drops_whole_examples)
def drops_whole_examples_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.random(len(A)) < drop_prob] = 0
        mask /= 1 - drop_prob
    return np.multiply(A, mask), mask


@rewrite(of=wrong.drops_in_evaluation_too)
def drops_in_evaluation_too_by_cases(rng, A, drop_prob, training):
    mask = np.where(rng.random(A.shape) < drop_prob, 0.0, 1 / (1 - drop_prob))
    return A * mask, mask


@rewrite(of=wrong.drops_in_evaluation_too)
def drops_in_evaluation_too_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    mask[rng.random(A.shape) < drop_prob] = 0
    mask /= 1 - drop_prob
    return np.multiply(A, mask), mask


@rewrite(of=wrong.returns_a_mask_without_the_scale)
def returns_a_mask_without_the_scale_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.where(rng.random(A.shape) < drop_prob, 0.0, 1 / (1 - drop_prob))
    return A * mask, 1.0 * (mask > 0)


@rewrite(of=wrong.returns_a_mask_without_the_scale)
def returns_a_mask_without_the_scale_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.random(A.shape) < drop_prob] = 0
        mask /= 1 - drop_prob
    return np.multiply(A, mask), np.sign(mask)


@rewrite(of=wrong.drops_without_scaling_the_output)
def drops_without_scaling_the_output_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.where(rng.random(A.shape) < drop_prob, 0.0, 1 / (1 - drop_prob))
    return A * (mask > 0), mask


@rewrite(of=wrong.drops_without_scaling_the_output)
def drops_without_scaling_the_output_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.random(A.shape) < drop_prob] = 0
        mask /= 1 - drop_prob
    return np.multiply(A, np.sign(mask)), mask


@rewrite(of=wrong.throws_a_fair_coin)
def throws_a_fair_coin_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.where(rng.integers(0, 2, size=A.shape) == 0, 0.0, 1 / (1 - drop_prob))
    return A * mask, mask


@rewrite(of=wrong.throws_a_fair_coin)
def throws_a_fair_coin_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.integers(2, size=A.shape) < 1] = 0
        mask /= 1 - drop_prob
    return np.multiply(A, mask), mask


@rewrite(of=wrong.compares_normal_draws)
def compares_normal_draws_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.where(rng.normal(size=A.shape) < drop_prob, 0.0, 1 / (1 - drop_prob))
    return A * mask, mask


@rewrite(of=wrong.compares_normal_draws)
def compares_normal_draws_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.standard_normal(A.shape) < drop_prob] = 0
        mask /= 1 - drop_prob
    return np.multiply(A, mask), mask


@rewrite(of=wrong.starts_a_generator_of_its_own)
def starts_a_generator_of_its_own_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.where(np.random.default_rng(0).random(A.shape) < drop_prob, 0.0, 1 / (1 - drop_prob))
    return A * mask, mask


@rewrite(of=wrong.starts_a_generator_of_its_own)
def starts_a_generator_of_its_own_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        rng = np.random.default_rng(seed=0)
        mask[rng.random(A.shape) < drop_prob] = 0
        mask /= 1 - drop_prob
    return np.multiply(A, mask), mask


@rewrite(of=wrong.reads_the_mask_off_the_output)
def reads_the_mask_off_the_output_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.where(rng.random(A.shape) < drop_prob, 0.0, 1 / (1 - drop_prob))
    out = A * mask
    return out, np.where(out == 0, 0.0, 1 / (1 - drop_prob))


@rewrite(of=wrong.reads_the_mask_off_the_output)
def reads_the_mask_off_the_output_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.random(A.shape) < drop_prob] = 0
        mask /= 1 - drop_prob
    if training:
        mask[np.asarray(A) == 0] = 0
    return np.multiply(A, mask), mask


@rewrite(of=wrong.has_no_mask_in_evaluation)
def has_no_mask_in_evaluation_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, None
    mask = np.where(rng.random(A.shape) < drop_prob, 0.0, 1 / (1 - drop_prob))
    return A * mask, mask


@rewrite(of=wrong.has_no_mask_in_evaluation)
def has_no_mask_in_evaluation_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.random(A.shape) < drop_prob] = 0
        mask /= 1 - drop_prob
    return np.multiply(A, mask), mask if training else None


@rewrite(of=wrong.hands_back_the_mask_first)
def hands_back_the_mask_first_by_cases(rng, A, drop_prob, training):
    if not training:
        return np.ones(A.shape), 1.0 * A
    mask = np.where(rng.random(A.shape) < drop_prob, 0.0, 1 / (1 - drop_prob))
    return mask, A * mask


@rewrite(of=wrong.hands_back_the_mask_first)
def hands_back_the_mask_first_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.random(A.shape) < drop_prob] = 0
        mask /= 1 - drop_prob
    return mask, np.multiply(A, mask)


@rewrite(of=wrong.keeps_whole_values_whole)
def keeps_whole_values_whole_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.where(rng.random(A.shape) < drop_prob, 0.0, 1 / (1 - drop_prob))
    return (A * mask).astype(A.dtype), mask


@rewrite(of=wrong.keeps_whole_values_whole)
def keeps_whole_values_whole_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.random(A.shape) < drop_prob] = 0
        mask /= 1 - drop_prob
    out = np.copy(A)
    out[...] = np.multiply(A, mask)
    return out, mask


@rewrite(of=wrong.drops_in_the_callers_array)
def drops_in_the_callers_array_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.where(rng.random(A.shape) < drop_prob, 0.0, 1 / (1 - drop_prob))
    out = A * mask
    A[...] = out
    return out, mask


@rewrite(of=wrong.drops_in_the_callers_array)
def drops_in_the_callers_array_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.random(A.shape) < drop_prob] = 0
        mask /= 1 - drop_prob
    out = np.multiply(A, mask)
    A[mask == 0] = 0
    A[mask != 0] = out[mask != 0]
    return out, mask


@rewrite(of=wrong.scales_by_the_survivors_it_counts)
def scales_by_the_survivors_it_counts_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = 1.0 * (rng.random(A.shape) >= drop_prob)
    mask *= mask.size / max(mask.sum(), 1)
    return A * mask, mask


@rewrite(of=wrong.scales_by_the_survivors_it_counts)
def scales_by_the_survivors_it_counts_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[rng.random(A.shape) < drop_prob] = 0
        mask /= max(mask.mean(), 1 / mask.size)
    return np.multiply(A, mask), mask


@rewrite(of=wrong.drops_a_fixed_number_of_units)
def drops_a_fixed_number_of_units_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    draws, n = rng.random(A.shape), A.shape[1]
    gone = np.argsort(draws, axis=1) < round(drop_prob * n)
    mask = np.where(gone, 0.0, 1 / (1 - drop_prob))
    return A * mask, mask


@rewrite(of=wrong.drops_a_fixed_number_of_units)
def drops_a_fixed_number_of_units_by_index(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        for row, draws in zip(mask, rng.random(A.shape)):
            row /= 1 - drop_prob
            row[np.argsort(draws) < round(drop_prob * len(row))] = 0
    return A * mask, mask


@rewrite(of=wrong.drops_a_fixed_number_of_entries)
def drops_a_fixed_number_of_entries_by_cases(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.full(A.shape, 1 / (1 - drop_prob))
    for k in rng.permutation(A.size)[: round(drop_prob * A.size)]:
        mask.flat[k] = 0.0
    return A * mask, mask


@rewrite(of=wrong.drops_a_fixed_number_of_entries)
def drops_a_fixed_number_of_entries_by_index(rng, A, drop_prob, training):
    keep = np.ones(A.size)
    if training:
        order = rng.permutation(np.arange(A.size))
        keep[order[: round(drop_prob * A.size)]] = 0
        keep = keep / (1 - drop_prob)
    mask = np.reshape(keep, A.shape)
    return A * mask, mask


@rewrite(of=wrong.scales_in_evaluation_beside_the_mask)
def scales_in_evaluation_by_a_copy(rng, A, drop_prob, training):
    out, mask = np.array(A, dtype=float), np.ones(A.shape)
    if training:
        mask[rng.random(A.shape) < drop_prob] = 0.0
        return out * mask, mask
    out *= 1 - drop_prob
    return out, mask


@rewrite(of=wrong.draws_whole_tenths)
def draws_whole_tenths_into_a_copy(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask = np.full(A.shape, 1 / (1 - drop_prob))
        mask[rng.integers(0, 10, size=A.shape) < round(10 * drop_prob)] = 0.0
    return A * mask, mask


@rewrite(of=wrong.forgets_to_scale_the_survivors_it_draws)
def forgets_to_scale_what_stays(rng, A, drop_prob, training):
    if not training:
        return 1.0 * A, np.ones(A.shape)
    stays = rng.random(A.shape) < 1 - drop_prob
    return np.where(stays, A, 0.0), np.where(stays, 1.0, 0.0)


@rewrite(of=wrong.returns_the_bare_survivors_it_draws)
def returns_what_stays(rng, A, drop_prob, training):
    keep = 1 - drop_prob if training else 1.0
    stays = rng.random(A.shape) < keep
    return np.where(stays, A / keep, 0.0), stays


@rewrite(of=wrong.draws_survivors_in_evaluation_too)
def draws_what_stays_in_evaluation_too(rng, A, drop_prob, training):
    keep = 1 - drop_prob
    mask = np.where(rng.random(A.shape) < keep, 1 / keep, 0.0)
    return mask * A, mask


@rewrite(of=wrong.draws_one_row_of_survivors)
def draws_one_row_of_what_stays(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask[:] = np.where(rng.random(A.shape[1]) < 1 - drop_prob, 1 / (1 - drop_prob), 0.0)
    return A * mask, mask


@rewrite(of=wrong.scales_by_the_root)
def scales_by_the_root_in_a_copy(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    if training:
        mask = np.full(A.shape, (1 - drop_prob) ** -0.5)
        mask[rng.random(A.shape) < drop_prob] = 0.0
    return A * mask, mask


@rewrite(of=wrong.reads_the_mask_off_the_output_in_evaluation)
def reads_the_mask_off_the_output_with_where(rng, A, drop_prob, training):
    if training:
        mask = np.where(rng.random(A.shape) < drop_prob, 0.0, 1 / (1 - drop_prob))
        return mask * A, mask
    return np.array(A, dtype=float), np.where(A == 0, 0.0, 1.0)


# ---- dropout_backward -------------------------------------------------------------------------------------------


@rewrite(of=wrong.forgets_the_mask)
def forgets_the_mask_in_one_go(dout, mask):
    return np.array(dout, dtype=float)


@rewrite(of=wrong.forgets_the_mask)
def forgets_the_mask_by_entry(dout, mask):
    return np.where(np.asarray(mask) == 0, dout, dout) + 0.0


@rewrite(of=wrong.forgets_the_scale)
def forgets_the_scale_in_one_go(dout, mask):
    dA = np.array(dout, dtype=float)
    dA[np.asarray(mask) == 0] = 0
    return dA


@rewrite(of=wrong.forgets_the_scale)
def forgets_the_scale_by_entry(dout, mask):
    return np.multiply(dout, np.sign(mask))


@rewrite(of=wrong.undoes_the_scale)
def undoes_the_scale_in_one_go(dout, mask):
    scale = np.where(np.asarray(mask) == 0, 1.0, mask)
    return dout / scale * (np.asarray(mask) != 0)


@rewrite(of=wrong.undoes_the_scale)
def undoes_the_scale_by_entry(dout, mask):
    dA = np.zeros(np.shape(dout))
    keep = np.asarray(mask) != 0
    dA[keep] = dout[keep] / mask[keep]
    return dA


@rewrite(of=wrong.applies_the_mask_twice)
def applies_the_mask_twice_in_one_go(dout, mask):
    return dout * mask * mask


@rewrite(of=wrong.applies_the_mask_twice)
def applies_the_mask_twice_by_entry(dout, mask):
    dA = np.multiply(dout, mask)
    return dA * mask


@rewrite(of=wrong.lets_the_dropped_through)
def lets_the_dropped_through_in_one_go(dout, mask):
    return dout * (np.asarray(mask) == 0)


@rewrite(of=wrong.lets_the_dropped_through)
def lets_the_dropped_through_by_entry(dout, mask):
    dA = np.array(dout, dtype=float)
    dA[np.asarray(mask) != 0] = 0
    return dA


@rewrite(of=wrong.uses_the_first_examples_mask)
def uses_the_first_examples_mask_in_one_go(dout, mask):
    return np.array([row * mask[0] for row in dout])


@rewrite(of=wrong.uses_the_first_examples_mask)
def uses_the_first_examples_mask_by_entry(dout, mask):
    return np.einsum("nj,j->nj", dout, mask[0])


@rewrite(of=wrong.averages_over_the_batch)
def averages_over_the_batch_in_one_go(dout, mask):
    return np.multiply(dout, mask) / np.shape(dout)[0]


@rewrite(of=wrong.averages_over_the_batch)
def averages_over_the_batch_by_entry(dout, mask):
    n = len(dout)
    return np.array([row * kept / n for row, kept in zip(dout, mask)])


@rewrite(of=wrong.keeps_whole_gradients_whole)
def keeps_whole_gradients_whole_in_one_go(dout, mask):
    return (dout * mask).astype(dout.dtype)


@rewrite(of=wrong.keeps_whole_gradients_whole)
def keeps_whole_gradients_whole_by_entry(dout, mask):
    dA = np.copy(dout)
    for index in np.ndindex(dA.shape):
        dA[index] = dout[index] * mask[index]
    return dA


@rewrite(of=wrong.masks_the_callers_gradient)
def masks_the_callers_gradient_in_one_go(dout, mask):
    dA = dout * mask
    dout[...] = dA
    return dA


@rewrite(of=wrong.masks_the_callers_gradient)
def masks_the_callers_gradient_by_entry(dout, mask):
    dA = np.multiply(dout, mask)
    for index in np.ndindex(dA.shape):
        dout[index] = dA[index]
    return dA


@rewrite(of=wrong.takes_every_scale_for_two)
def takes_every_scale_for_two_in_a_copy(dout, mask):
    dA = np.array(dout, dtype=float)
    dA[mask == 0] = 0.0
    return dA / 0.5


# ---- batch_norm_forward -----------------------------------------------------------------------------------------


@rewrite(of=wrong.divides_by_one_example_less)
def divides_by_one_example_less_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / max(len(X) - 1, 1)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        mean, var = running_mean, running_var
    hat = (X - mean) / np.sqrt(var + eps)
    return gamma * hat + beta, running_mean, running_var


@rewrite(of=wrong.divides_by_one_example_less)
def divides_by_one_example_less_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (
            (x.mean(), np.sum((x - x.mean()) ** 2) / max(len(x) - 1, 1))
            if training
            else (running_mean[j], running_var[j])
        )
        out[:, j] = gamma[j] * (x - mean) / np.sqrt(var + eps) + beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var
    return out, new_mean, new_var


@rewrite(of=wrong.corrects_the_running_variance)
def corrects_the_running_variance_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var * len(X) / max(len(X) - 1, 1)
    else:
        mean, var = running_mean, running_var
    hat = (X - mean) / np.sqrt(var + eps)
    return gamma * hat + beta, running_mean, running_var


@rewrite(of=wrong.corrects_the_running_variance)
def corrects_the_running_variance_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = gamma[j] * (x - mean) / np.sqrt(var + eps) + beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var * (len(x) / max(len(x) - 1, 1) if training else 1)
    return out, new_mean, new_var


@rewrite(of=wrong.adds_eps_beside_the_root)
def adds_eps_beside_the_root_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        mean, var = running_mean, running_var
    hat = (X - mean) / (np.sqrt(var) + eps)
    return gamma * hat + beta, running_mean, running_var


@rewrite(of=wrong.adds_eps_beside_the_root)
def adds_eps_beside_the_root_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = gamma[j] * (x - mean) / (var**0.5 + eps) + beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var
    return out, new_mean, new_var


@rewrite(of=wrong.divides_by_the_variance)
def divides_by_the_variance_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        mean, var = running_mean, running_var
    hat = (X - mean) / (var + eps)
    return gamma * hat + beta, running_mean, running_var


@rewrite(of=wrong.divides_by_the_variance)
def divides_by_the_variance_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = gamma[j] * (x - mean) / (eps + var) + beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var
    return out, new_mean, new_var


@rewrite(of=wrong.normalises_each_example)
def normalises_each_example_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        mean, var = running_mean, running_var
    if training:
        mean, var = X.mean(axis=1)[:, None], X.var(axis=1)[:, None]
    hat = (X - mean) / np.sqrt(var + eps)
    return gamma * hat + beta, running_mean, running_var


@rewrite(of=wrong.normalises_each_example)
def normalises_each_example_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = gamma[j] * (x - mean) / np.sqrt(var + eps) + beta[j]
        if training:
            out[:, j] = gamma[j] * (x - X.mean(axis=1)) / np.sqrt(X.var(axis=1) + eps) + beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var
    return out, new_mean, new_var


@rewrite(of=wrong.takes_one_mean_for_all_units)
def takes_one_mean_for_all_units_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mean = np.repeat(X.sum() / X.size, X.shape[1])
        var = np.repeat(((X - mean) ** 2).sum() / X.size, X.shape[1])
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        mean, var = running_mean, running_var
    hat = (X - mean) / np.sqrt(var + eps)
    return gamma * hat + beta, running_mean, running_var


@rewrite(of=wrong.takes_one_mean_for_all_units)
def takes_one_mean_for_all_units_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (X.mean(), X.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = gamma[j] * (x - mean) / np.sqrt(var + eps) + beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var
    return out, new_mean, new_var


@rewrite(of=wrong.scales_the_shift_too)
def scales_the_shift_too_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        mean, var = running_mean, running_var
    hat = (X - mean) / np.sqrt(var + eps)
    return gamma * (hat + beta), running_mean, running_var


@rewrite(of=wrong.scales_the_shift_too)
def scales_the_shift_too_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = gamma[j] * (x - mean) / np.sqrt(var + eps) + gamma[j] * beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var
    return out, new_mean, new_var


@rewrite(of=wrong.forgets_scale_and_shift)
def forgets_scale_and_shift_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        mean, var = running_mean, running_var
    hat = (X - mean) / np.sqrt(var + eps)
    return hat, running_mean, running_var


@rewrite(of=wrong.forgets_scale_and_shift)
def forgets_scale_and_shift_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = (x - mean) / np.sqrt(var + eps)
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var
    return out, new_mean, new_var


@rewrite(of=wrong.scales_and_shifts_in_training_only)
def scales_and_shifts_in_training_only_in_two_branches(
    X, gamma, beta, running_mean, running_var, training, momentum, eps
):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        mean, var = running_mean, running_var
    hat = (X - mean) / np.sqrt(var + eps)
    if training:
        hat = gamma * hat + beta
    return hat, running_mean, running_var


@rewrite(of=wrong.scales_and_shifts_in_training_only)
def scales_and_shifts_in_training_only_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = (x - mean) / np.sqrt(var + eps)
        if training:
            out[:, j] = gamma[j] * out[:, j] + beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var
    return out, new_mean, new_var


@rewrite(of=wrong.exchanges_old_and_new)
def exchanges_old_and_new_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
        running_mean = momentum * mean + (1 - momentum) * running_mean
        running_var = momentum * var + (1 - momentum) * running_var
    else:
        mean, var = running_mean, running_var
    hat = (X - mean) / np.sqrt(var + eps)
    return gamma * hat + beta, running_mean, running_var


@rewrite(of=wrong.exchanges_old_and_new)
def exchanges_old_and_new_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = gamma[j] * (x - mean) / np.sqrt(var + eps) + beta[j]
        new_mean[j] = (1 - momentum) * running_mean[j] + momentum * mean
        new_var[j] = (1 - momentum) * running_var[j] + momentum * var
    return out, new_mean, new_var


@rewrite(of=wrong.normalises_by_the_batch_in_evaluation)
def normalises_by_the_batch_in_evaluation_in_two_branches(
    X, gamma, beta, running_mean, running_var, training, momentum, eps
):
    mean = X.sum(axis=0) / len(X)
    var = ((X - mean) ** 2).sum(axis=0) / len(X)
    if training:
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    hat = (X - mean) / np.sqrt(var + eps)
    return gamma * hat + beta, running_mean, running_var


@rewrite(of=wrong.normalises_by_the_batch_in_evaluation)
def normalises_by_the_batch_in_evaluation_unit_by_unit(
    X, gamma, beta, running_mean, running_var, training, momentum, eps
):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = x.mean(), x.var()
        out[:, j] = gamma[j] * (x - mean) / np.sqrt(var + eps) + beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean if training else running_mean[j]
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var if training else running_var[j]
    return out, new_mean, new_var


@rewrite(of=wrong.normalises_by_running_values_in_training)
def normalises_by_running_values_in_training_in_two_branches(
    X, gamma, beta, running_mean, running_var, training, momentum, eps
):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    mean, var = running_mean, running_var
    hat = (X - mean) / np.sqrt(var + eps)
    return gamma * hat + beta, running_mean, running_var


@rewrite(of=wrong.normalises_by_running_values_in_training)
def normalises_by_running_values_in_training_unit_by_unit(
    X, gamma, beta, running_mean, running_var, training, momentum, eps
):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var
        out[:, j] = gamma[j] * (x - new_mean[j]) / np.sqrt(new_var[j] + eps) + beta[j]
    return out, new_mean, new_var


@rewrite(of=wrong.never_moves_the_running_values)
def never_moves_the_running_values_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
    else:
        mean, var = running_mean, running_var
    hat = (X - mean) / np.sqrt(var + eps)
    return gamma * hat + beta, running_mean, running_var


@rewrite(of=wrong.never_moves_the_running_values)
def never_moves_the_running_values_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = gamma[j] * (x - mean) / np.sqrt(var + eps) + beta[j]
        new_mean[j] = running_mean[j]
        new_var[j] = running_var[j]
    return out, new_mean, new_var


@rewrite(of=wrong.remembers_the_deviation)
def remembers_the_deviation_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * np.sqrt(var)
    else:
        mean, var = running_mean, running_var
    hat = (X - mean) / np.sqrt(var + eps)
    return gamma * hat + beta, running_mean, running_var


@rewrite(of=wrong.remembers_the_deviation)
def remembers_the_deviation_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = gamma[j] * (x - mean) / np.sqrt(var + eps) + beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * (x.std() if training else var)
    return out, new_mean, new_var


@rewrite(of=wrong.remembers_eps)
def remembers_eps_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * (var + eps)
    else:
        mean, var = running_mean, running_var
    hat = (X - mean) / np.sqrt(var + eps)
    return gamma * hat + beta, running_mean, running_var


@rewrite(of=wrong.remembers_eps)
def remembers_eps_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = gamma[j] * (x - mean) / np.sqrt(var + eps) + beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * (var + eps if training else var)
    return out, new_mean, new_var


@rewrite(of=wrong.forgets_eps_in_evaluation)
def forgets_eps_in_evaluation_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        mean, var = running_mean, running_var
    with np.errstate(all="ignore"):
        hat = (X - mean) / np.sqrt(var + eps if training else 1.0 * var)
    return gamma * hat + beta, running_mean, running_var


@rewrite(of=wrong.forgets_eps_in_evaluation)
def forgets_eps_in_evaluation_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        with np.errstate(all="ignore"):
            out[:, j] = gamma[j] * (x - mean) / np.sqrt(var + eps * training) + beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var
    return out, new_mean, new_var


@rewrite(of=wrong.chooses_its_own_eps)
def chooses_its_own_eps_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        mean, var = running_mean, running_var
    hat = (X - mean) / np.sqrt(var + 1e-5)
    return gamma * hat + beta, running_mean, running_var


@rewrite(of=wrong.chooses_its_own_eps)
def chooses_its_own_eps_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = gamma[j] * (x - mean) / np.sqrt(var + 0.00001) + beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var
    return out, new_mean, new_var


@rewrite(of=wrong.forgets_to_centre)
def forgets_to_centre_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        mean, var = running_mean, running_var
    hat = X / np.sqrt(var + eps)
    return gamma * hat + beta, running_mean, running_var


@rewrite(of=wrong.forgets_to_centre)
def forgets_to_centre_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = gamma[j] * x / np.sqrt(var + eps) + beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var
    return out, new_mean, new_var


@rewrite(of=wrong.keeps_whole_outputs_whole)
def keeps_whole_outputs_whole_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        mean, var = running_mean, running_var
    hat = (X - mean) / np.sqrt(var + eps)
    return (gamma * hat + beta).astype(X.dtype), running_mean, running_var


@rewrite(of=wrong.keeps_whole_outputs_whole)
def keeps_whole_outputs_whole_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.copy(X), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = gamma[j] * (x - mean) / np.sqrt(var + eps) + beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var
    return out, new_mean, new_var


@rewrite(of=wrong.moves_the_callers_running_values)
def moves_the_callers_running_values_in_two_branches(
    X, gamma, beta, running_mean, running_var, training, momentum, eps
):
    old_mean, old_var = running_mean, running_var
    if training:
        mean = X.sum(axis=0) / len(X)
        var = ((X - mean) ** 2).sum(axis=0) / len(X)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        mean, var = running_mean, running_var
    hat = (X - mean) / np.sqrt(var + eps)
    old_mean[...], old_var[...] = running_mean, running_var
    return gamma * hat + beta, running_mean, running_var


@rewrite(of=wrong.moves_the_callers_running_values)
def moves_the_callers_running_values_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = gamma[j] * (x - mean) / np.sqrt(var + eps) + beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var
    running_mean[:], running_var[:] = new_mean, new_var
    return out, new_mean, new_var


@rewrite(of=wrong.goes_on_learning_in_evaluation)
def goes_on_learning_in_evaluation_in_two_branches(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    mean = X.sum(axis=0) / len(X)
    var = ((X - mean) ** 2).sum(axis=0) / len(X)
    new_mean = momentum * running_mean + (1 - momentum) * mean
    new_var = momentum * running_var + (1 - momentum) * var
    if not training:
        mean, var = running_mean, running_var
    return gamma * ((X - mean) / np.sqrt(var + eps)) + beta, new_mean, new_var


@rewrite(of=wrong.goes_on_learning_in_evaluation)
def goes_on_learning_in_evaluation_unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    D = X.shape[1]
    out, new_mean, new_var = np.zeros(X.shape), np.zeros(D), np.zeros(D)
    for j in range(D):
        x = X[:, j]
        mean, var = (x.mean(), x.var()) if training else (running_mean[j], running_var[j])
        out[:, j] = gamma[j] * (x - mean) / np.sqrt(var + eps) + beta[j]
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * x.mean()
        new_var[j] = momentum * running_var[j] + (1 - momentum) * x.var()
    return out, new_mean, new_var


@rewrite(of=wrong.ignores_a_batch_of_one)
def ignores_a_batch_of_one_by_its_momentum(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    keep = momentum if training and X.shape[0] > 1 else 1.0
    mean = np.sum(X, axis=0) / len(X) if training else running_mean
    var = np.mean((X - mean) ** 2, axis=0) if training else running_var
    new_mean, new_var = keep * running_mean + (1 - keep) * mean, keep * running_var + (1 - keep) * var
    return (X - mean) / np.sqrt(eps + var) * gamma + beta, new_mean, new_var


# ---- batch_norm_backward ----------------------------------------------------------------------------------------


@rewrite(of=wrong.takes_mean_and_variance_for_constants)
def takes_mean_and_variance_for_constants_out_of_sums(dout, X, gamma, eps):
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = gamma * dout
    dX = dhat / std
    return dX, dgamma, dbeta


@rewrite(of=wrong.takes_mean_and_variance_for_constants)
def takes_mean_and_variance_for_constants_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = d @ hat, d.sum()
        dX[:, j] = gamma[j] * d / std
    return dX, dgamma, dbeta


@rewrite(of=wrong.forgets_the_path_through_the_variance)
def forgets_the_path_through_the_variance_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = gamma * dout
    dX = (n * dhat - dhat.sum(axis=0)) / (n * std)
    return dX, dgamma, dbeta


@rewrite(of=wrong.forgets_the_path_through_the_variance)
def forgets_the_path_through_the_variance_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = d @ hat, d.sum()
        dX[:, j] = gamma[j] / std * (d - d.mean())
    return dX, dgamma, dbeta


@rewrite(of=wrong.forgets_the_path_through_the_mean)
def forgets_the_path_through_the_mean_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = gamma * dout
    dX = (n * dhat - hat * (dhat * hat).sum(axis=0)) / (n * std)
    return dX, dgamma, dbeta


@rewrite(of=wrong.forgets_the_path_through_the_mean)
def forgets_the_path_through_the_mean_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = d @ hat, d.sum()
        dX[:, j] = gamma[j] / std * (d - hat * np.mean(d * hat))
    return dX, dgamma, dbeta


@rewrite(of=wrong.forgets_gamma_on_the_way_back)
def forgets_gamma_on_the_way_back_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = np.array(dout)
    dX = (n * dhat - dhat.sum(axis=0) - hat * (dhat * hat).sum(axis=0)) / (n * std)
    return dX, dgamma, dbeta


@rewrite(of=wrong.forgets_gamma_on_the_way_back)
def forgets_gamma_on_the_way_back_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = d @ hat, d.sum()
        dX[:, j] = 1 / std * (d - d.mean() - hat * np.mean(d * hat))
    return dX, dgamma, dbeta


@rewrite(of=wrong.averages_the_parameters_gradients)
def averages_the_parameters_gradients_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = gamma * dout
    dX = (n * dhat - dhat.sum(axis=0) - hat * (dhat * hat).sum(axis=0)) / (n * std)
    return dX, dgamma / n, dbeta / n


@rewrite(of=wrong.averages_the_parameters_gradients)
def averages_the_parameters_gradients_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = np.mean(d * hat), d.mean()
        dX[:, j] = gamma[j] / std * (d - d.mean() - hat * np.mean(d * hat))
    return dX, dgamma, dbeta


@rewrite(of=wrong.multiplies_by_the_raw_input)
def multiplies_by_the_raw_input_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * X, axis=0)
    dhat = gamma * dout
    dX = (n * dhat - dhat.sum(axis=0) - hat * (dhat * hat).sum(axis=0)) / (n * std)
    return dX, dgamma, dbeta


@rewrite(of=wrong.multiplies_by_the_raw_input)
def multiplies_by_the_raw_input_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = d @ x, d.sum()
        dX[:, j] = gamma[j] / std * (d - d.mean() - hat * np.mean(d * hat))
    return dX, dgamma, dbeta


@rewrite(of=wrong.multiplies_by_the_centred_input)
def multiplies_by_the_centred_input_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * centred, axis=0)
    dhat = gamma * dout
    dX = (n * dhat - dhat.sum(axis=0) - hat * (dhat * hat).sum(axis=0)) / (n * std)
    return dX, dgamma, dbeta


@rewrite(of=wrong.multiplies_by_the_centred_input)
def multiplies_by_the_centred_input_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = d @ (x - x.mean()), d.sum()
        dX[:, j] = gamma[j] / std * (d - d.mean() - hat * np.mean(d * hat))
    return dX, dgamma, dbeta


@rewrite(of=wrong.scales_the_gradient_of_the_scale)
def scales_the_gradient_of_the_scale_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = gamma * dout
    dX = (n * dhat - dhat.sum(axis=0) - hat * (dhat * hat).sum(axis=0)) / (n * std)
    return dX, gamma * dgamma, dbeta


@rewrite(of=wrong.scales_the_gradient_of_the_scale)
def scales_the_gradient_of_the_scale_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = gamma[j] * (d @ hat), d.sum()
        dX[:, j] = gamma[j] / std * (d - d.mean() - hat * np.mean(d * hat))
    return dX, dgamma, dbeta


@rewrite(of=wrong.divides_by_one_example_less_on_the_way_back)
def divides_by_one_example_less_on_the_way_back_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = (np.sum(centred**2, axis=0) / max(n - 1, 1) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = gamma * dout
    dX = (n * dhat - dhat.sum(axis=0) - hat * (dhat * hat).sum(axis=0)) / (n * std)
    return dX, dgamma, dbeta


@rewrite(of=wrong.divides_by_one_example_less_on_the_way_back)
def divides_by_one_example_less_on_the_way_back_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.sum((x - np.mean(x)) ** 2) / max(len(x) - 1, 1) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = d @ hat, d.sum()
        dX[:, j] = gamma[j] / std * (d - d.mean() - hat * np.mean(d * hat))
    return dX, dgamma, dbeta


@rewrite(of=wrong.adds_up_where_a_mean_belongs)
def adds_up_where_a_mean_belongs_out_of_sums(dout, X, gamma, eps):
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = gamma * dout
    dX = (dhat - dhat.sum(axis=0) - hat * (dhat * hat).sum(axis=0)) / std
    return dX, dgamma, dbeta


@rewrite(of=wrong.adds_up_where_a_mean_belongs)
def adds_up_where_a_mean_belongs_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = d @ hat, d.sum()
        dX[:, j] = gamma[j] / std * (d - d.sum() - hat * np.sum(d * hat))
    return dX, dgamma, dbeta


@rewrite(of=wrong.counts_the_variance_twice)
def counts_the_variance_twice_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = gamma * dout
    dX = (n * dhat - dhat.sum(axis=0) - 2 * hat * (dhat * hat).sum(axis=0)) / (n * std)
    return dX, dgamma, dbeta


@rewrite(of=wrong.counts_the_variance_twice)
def counts_the_variance_twice_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = d @ hat, d.sum()
        dX[:, j] = gamma[j] / std * (d - d.mean() - hat * 2 * np.mean(d * hat))
    return dX, dgamma, dbeta


@rewrite(of=wrong.multiplies_by_the_deviation)
def multiplies_by_the_deviation_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = gamma * dout
    dX = (n * dhat - dhat.sum(axis=0) - hat * (dhat * hat).sum(axis=0)) * std / n
    return dX, dgamma, dbeta


@rewrite(of=wrong.multiplies_by_the_deviation)
def multiplies_by_the_deviation_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = d @ hat, d.sum()
        dX[:, j] = gamma[j] * std * (d - d.mean() - hat * np.mean(d * hat))
    return dX, dgamma, dbeta


@rewrite(of=wrong.adds_eps_to_the_deviation)
def adds_eps_to_the_deviation_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = np.mean(centred**2, axis=0) ** 0.5 + eps
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = gamma * dout
    dX = (n * dhat - dhat.sum(axis=0) - hat * (dhat * hat).sum(axis=0)) / (n * std)
    return dX, dgamma, dbeta


@rewrite(of=wrong.adds_eps_to_the_deviation)
def adds_eps_to_the_deviation_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.std(x) + eps
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = d @ hat, d.sum()
        dX[:, j] = gamma[j] / std * (d - d.mean() - hat * np.mean(d * hat))
    return dX, dgamma, dbeta


@rewrite(of=wrong.turns_the_variance_path_round)
def turns_the_variance_path_round_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = gamma * dout
    dX = (n * dhat - dhat.sum(axis=0) + hat * (dhat * hat).sum(axis=0)) / (n * std)
    return dX, dgamma, dbeta


@rewrite(of=wrong.turns_the_variance_path_round)
def turns_the_variance_path_round_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = d @ hat, d.sum()
        dX[:, j] = gamma[j] / std * (d - d.mean() + hat * np.mean(d * hat))
    return dX, dgamma, dbeta


@rewrite(of=wrong.hands_back_beta_before_gamma)
def hands_back_beta_before_gamma_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = gamma * dout
    dX = (n * dhat - dhat.sum(axis=0) - hat * (dhat * hat).sum(axis=0)) / (n * std)
    return dX, dbeta, dgamma


@rewrite(of=wrong.hands_back_beta_before_gamma)
def hands_back_beta_before_gamma_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = d @ hat, d.sum()
        dX[:, j] = gamma[j] / std * (d - d.mean() - hat * np.mean(d * hat))
    return [dX, dbeta, dgamma]


@rewrite(of=wrong.adds_up_over_all_units)
def adds_up_over_all_units_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = gamma * dout
    dX = (n * dhat - dhat.sum(axis=0) - hat * (dhat * hat).sum(axis=0)) / (n * std)
    return dX, np.repeat(dgamma.sum(), len(gamma)), np.repeat(dbeta.sum(), len(gamma))


@rewrite(of=wrong.adds_up_over_all_units)
def adds_up_over_all_units_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = d @ hat, d.sum()
        dX[:, j] = gamma[j] / std * (d - d.mean() - hat * np.mean(d * hat))
    dgamma[:], dbeta[:] = sum(dgamma), sum(dbeta)
    return dX, dgamma, dbeta


@rewrite(of=wrong.keeps_whole_gradients_of_x_whole)
def keeps_whole_gradients_of_x_whole_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = gamma * dout
    dX = (n * dhat - dhat.sum(axis=0) - hat * (dhat * hat).sum(axis=0)) / (n * std)
    return dX.astype(X.dtype), dgamma, dbeta


@rewrite(of=wrong.keeps_whole_gradients_of_x_whole)
def keeps_whole_gradients_of_x_whole_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.copy(X), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = d @ hat, d.sum()
        dX[:, j] = gamma[j] / std * (d - d.mean() - hat * np.mean(d * hat))
    return dX, dgamma, dbeta


@rewrite(of=wrong.centres_the_callers_input)
def centres_the_callers_input_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0) + eps) ** 0.5
    hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = gamma * dout
    dX = (n * dhat - dhat.sum(axis=0) - hat * (dhat * hat).sum(axis=0)) / (n * std)
    X[...] = centred
    return dX, dgamma, dbeta


@rewrite(of=wrong.centres_the_callers_input)
def centres_the_callers_input_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = d @ hat, d.sum()
        dX[:, j] = gamma[j] / std * (d - d.mean() - hat * np.mean(d * hat))
    X[...] = X - X.mean(axis=0)
    return dX, dgamma, dbeta


@rewrite(of=wrong.forgets_eps)
def forgets_eps_out_of_sums(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    std = (np.mean(centred**2, axis=0)) ** 0.5
    with np.errstate(all="ignore"):
        hat = centred / std
    dbeta, dgamma = np.sum(dout, axis=0), np.sum(dout * hat, axis=0)
    dhat = gamma * dout
    with np.errstate(all="ignore"):
        dX = (n * dhat - dhat.sum(axis=0) - hat * (dhat * hat).sum(axis=0)) / (n * std)
    return dX, dgamma, dbeta


@rewrite(of=wrong.forgets_eps)
def forgets_eps_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    with np.errstate(all="ignore"):
        for j, (x, d) in enumerate(zip(X.T, dout.T)):
            std = np.std(x)
            hat = (x - np.mean(x)) / std
            dgamma[j], dbeta[j] = np.sum(d * hat), d.sum()
            dX[:, j] = gamma[j] / std * (d - d.mean() - hat * np.mean(d * hat))
    return dX, dgamma, dbeta


@rewrite(of=wrong.forgets_gamma_in_the_means)
def forgets_gamma_in_the_means_unit_by_unit(dout, X, gamma, eps):
    dX, dgamma, dbeta = np.zeros(X.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for j, (x, d) in enumerate(zip(X.T, dout.T)):
        std = np.sqrt(np.var(x) + eps)
        hat = (x - np.mean(x)) / std
        dgamma[j], dbeta[j] = np.sum(d * hat), d.sum()
        dX[:, j] = (gamma[j] * d - d.mean() - hat * np.mean(d * hat)) / std
    return dX, dgamma, dbeta

"""Plausible mistakes in homework 2. Each docstring is the hint; `caught_by` names the check that must catch it."""

# ruff: noqa: B905  written as students write them

import numpy as np

from autograder.check import wrong
from nnref.activations import logistic
from nnref.layers import ACTIVATIONS, linear_forward
from nnref.outputs import softmax

# ---- linear_forward -------------------------------------------------------------------------------------------


@wrong("linear_forward", caught_by="two_examples_through_four_units")
def forgets_the_bias(X, W, b):
    """Set all inputs to 0. What should each unit still put out?"""
    return X @ W


@wrong("linear_forward", caught_by="square_layer_tells_examples_from_units")
def turns_the_weights_round(X, W, b):
    """Write the shapes of X, W and b beside your product for N = 2, fan_in = 3, fan_out = 4. Which sizes must meet?"""
    return X @ W.T + b


@wrong("linear_forward", caught_by="square_layer_tells_examples_from_units")
def puts_the_weights_first(X, W, b):
    """Lectures write an example as a column. Write your X and W as small grids: where do the examples stand here?"""
    return W @ X + b


@wrong("linear_forward", caught_by="square_layer_tells_examples_from_units")
def multiplies_entry_by_entry(X, W, b):
    """Take one example with three inputs and one unit. How many products does Z add up, and does your code add any?"""
    return X * W + b


@wrong("linear_forward", caught_by="each_unit_has_its_own_bias")
def gives_each_example_a_bias(X, W, b):
    """Is a bias shared by the entries of one row of Z or of one column? Try inputs of 0 and look at Z."""
    return X @ W + np.reshape(b, (-1, 1))


@wrong("linear_forward", caught_by="each_unit_has_its_own_bias")
def adds_all_biases_to_every_unit(X, W, b):
    """Set all inputs to 0 and give only one unit a bias. Which entries of Z should notice?"""
    return X @ W + np.sum(b)


@wrong("linear_forward", caught_by="two_examples_through_four_units")
def adds_the_bias_once_for_every_input(X, W, b):
    """Set all inputs to 0 and compare Z with b. How often should a unit's bias be added?"""
    return X @ W + b * len(W)


@wrong("linear_forward", caught_by="two_examples_through_four_units")
def averages_over_the_inputs(X, W, b):
    """Add an input that is always 0. Should the others count less because of it?"""
    return X @ W / len(W) + b


@wrong("linear_forward", caught_by="two_examples_through_four_units")
def bends_the_sum(X, W, b):
    """Look for a negative entry in Z. Has this function been asked for anything beyond the weighted sum?"""
    return np.maximum(0.0, X @ W + b)


@wrong("linear_forward", caught_by="two_examples_through_four_units")
def adds_up_in_the_bias(X, W, b):
    """Print b before and after the call, and look at the second row of Z. Where did your sum for it begin?"""
    rows = []
    for x in X:
        z = b
        for i in range(len(W)):
            z += (x[i] * W[i]).astype(z.dtype)
        rows.append(z)
    return np.array(rows)


@wrong("linear_forward", caught_by="linear_forward_leaves_arguments_alone")
def writes_the_inputs_over(X, W, b):
    """Print X before and after the call. The next layer backwards will ask for it: is it still there?"""
    Z = X @ W + b
    X[...] = 0
    return Z


@wrong("linear_forward", caught_by="two_examples_through_four_units")
def serves_the_first_example_only(X, W, b):
    """Give it two different examples. Should they have the same row in Z?"""
    return np.tile(X[0] @ W + b, (len(X), 1))


@wrong("linear_forward", caught_by="one_example_is_a_batch_of_one_row")
def squeezes_a_single_example(X, W, b):
    """Give it one example, a batch of one row. How many axes should Z have?"""
    Z = X @ W + b
    return Z[0] if len(Z) == 1 else Z


@wrong("linear_forward", caught_by="whole_inputs_have_broken_sums")
def rounds_to_the_type_of_X(X, W, b):
    """Give it X in whole numbers and W = 0.5 everywhere. Which halves are missing from Z?"""
    Z = np.zeros((X.shape[0], W.shape[1]), dtype=X.dtype)
    Z[:] = X @ W + b
    return Z


@wrong("linear_forward", caught_by="two_examples_through_four_units")
def subtracts_the_bias(X, W, b):
    """Set all inputs to 0 and compare Z with b. What does each unit put out?"""
    return X @ W - b


@wrong("linear_forward", caught_by="whole_inputs_have_broken_sums")
def rounds_the_bias_away(X, W, b):
    """Give it X and W in whole numbers and a bias of 0.5 everywhere. Which halves are missing from Z?"""
    Z = X @ W
    Z[:] = Z + b
    return Z


# ---- collapse_linear ------------------------------------------------------------------------------------------


@wrong("collapse_linear", caught_by="square_layers_keep_their_order")
def multiplies_the_layers_in_the_wrong_order(W1, b1, W2, b2):
    """Rows of X meet one of the two matrices first. Write the shapes for 2 inputs, 5 hidden units and 3 outputs."""
    return W2 @ W1, b1 @ W2 + b2


@wrong("collapse_linear", caught_by="square_layers_keep_their_order")
def multiplies_the_weights_entry_by_entry(W1, b1, W2, b2):
    """How many routes lead from one input to one output, through all hidden units? Does your W add them up?"""
    return W1 * W2, b1 @ W2 + b2


@wrong("collapse_linear", caught_by="inputs_of_zero_travel_through_both_layers")
def adds_the_two_biases(W1, b1, W2, b2):
    """Let the inputs be 0. What does the first layer put out, and what happens to that on its way?"""
    return W1 @ W2, b1 + b2


@wrong("collapse_linear", caught_by="inputs_of_zero_travel_through_both_layers")
def forgets_the_first_bias(W1, b1, W2, b2):
    """Let the inputs and the second bias be 0. Is the output of the two layers 0 as well?"""
    return W1 @ W2, 1.0 * b2


@wrong("collapse_linear", caught_by="inputs_of_zero_travel_through_both_layers")
def forgets_the_second_bias(W1, b1, W2, b2):
    """Let all weights be 0. What do the two layers put out, and what does your one layer?"""
    return W1 @ W2, b1 @ W2


@wrong("collapse_linear", caught_by="inputs_of_zero_travel_through_both_layers")
def sends_both_biases_through_the_second_layer(W1, b1, W2, b2):
    """At which point of the way does the second bias join in? Which weights come after it?"""
    return W1 @ W2, (b1 + b2) @ W2


@wrong("collapse_linear", caught_by="two_layers_of_single_numbers_by_hand")
def bends_between_the_layers(W1, b1, W2, b2):
    """Two numbers below 0 have a product above. Is there any ReLU between these two layers?"""
    return np.maximum(W1, 0) @ W2, np.maximum(b1, 0) @ W2 + b2


@wrong("collapse_linear", caught_by="square_layers_keep_their_order")
def gives_the_weights_transposed(W1, b1, W2, b2):
    """Write the shape of your W for 3 inputs and 2 outputs. Can a row of three inputs be multiplied by it?"""
    return (W1 @ W2).T, b1 @ W2 + b2


@wrong("collapse_linear", caught_by="two_layers_of_single_numbers_by_hand")
def gives_the_bias_first(W1, b1, W2, b2):
    """Print the shapes of your two results. In which order does the docstring promise them?"""
    return b1 @ W2 + b2, W1 @ W2


@wrong("collapse_linear", caught_by="two_layers_of_single_numbers_by_hand")
def adds_the_layers_up(W1, b1, W2, b2):
    """One input, one hidden unit, one output: double and then triple. Is that five times, or more?"""
    return W1 + W2, b1 @ W2 + b2


@wrong("collapse_linear", caught_by="whole_weights_in_one_layer_only")
def rounds_to_the_type_of_the_first_layer(W1, b1, W2, b2):
    """Give it a first layer in whole numbers and a second one of halves. Which digits does your W lose?"""
    W, b = np.zeros((W1.shape[0], W2.shape[1]), dtype=W1.dtype), np.zeros(W2.shape[1], dtype=W1.dtype)
    W[:], b[:] = W1 @ W2, b1 @ W2 + b2
    return W, b


@wrong("collapse_linear", caught_by="collapse_linear_leaves_arguments_alone")
def collects_the_bias_in_place(W1, b1, W2, b2):
    """Print b2 before and after the call. Does the second layer still work on its own?"""
    b2 += (b1 @ W2).astype(b2.dtype)
    return W1 @ W2, b2.copy()


@wrong("collapse_linear", caught_by="whole_weights_in_one_layer_only")
def rounds_the_second_bias_away(W1, b1, W2, b2):
    """Give it whole numbers everywhere but in b2, which is 0.5. Which halves are missing from your b?"""
    b = b1 @ W2
    b[:] = b + b2
    return W1 @ W2, b


# ---- mlp_forward ----------------------------------------------------------------------------------------------


@wrong("mlp_forward", caught_by="each_layer_takes_in_what_the_one_below_gives_out")
def hands_on_the_pre_activations(X, params, activations):
    """Compare the input of your second layer with the output of your first. Are they the same array?"""
    Zs, As = [], [np.array(X, dtype=float)]
    below = As[0]
    for (W, b), name in zip(params, activations):
        below = linear_forward(below, W, b)
        Zs.append(below)
        As.append(ACTIVATIONS[name](below))
    return Zs, As


@wrong("mlp_forward", caught_by="lecture_network_layer_by_layer")
def leaves_the_last_layer_linear(X, params, activations):
    """The list of activations has a name for the last layer, too. What is it there for?"""
    Zs, As = [], [np.array(X, dtype=float)]
    for layer, ((W, b), name) in enumerate(zip(params, activations)):
        Zs.append(linear_forward(As[-1], W, b))
        As.append(ACTIVATIONS[name](Zs[-1]) if layer < len(params) - 1 else Zs[-1].copy())
    return Zs, As


@wrong("mlp_forward", caught_by="each_layer_has_its_own_activation")
def uses_the_first_activation_everywhere(X, params, activations):
    """Give it a tanh layer and a ReLU layer above it. Can the second one put out a negative number?"""
    Zs, As = [], [np.array(X, dtype=float)]
    for W, b in params:
        Zs.append(linear_forward(As[-1], W, b))
        As.append(ACTIVATIONS[activations[0]](Zs[-1]))
    return Zs, As


@wrong("mlp_forward", caught_by="each_layer_has_its_own_activation")
def reads_the_activations_from_the_end(X, params, activations):
    """Give it a tanh layer with a logistic layer above. Between which two numbers must As[1] lie, and does it?"""
    Zs, As = [], [np.array(X, dtype=float)]
    for (W, b), name in zip(params, activations[::-1]):
        Zs.append(linear_forward(As[-1], W, b))
        As.append(ACTIVATIONS[name](Zs[-1]))
    return Zs, As


@wrong("mlp_forward", caught_by="inputs_stand_first_and_every_layer_follows")
def leaves_the_inputs_out(X, params, activations):
    """Count the entries of As for a network of one layer. Which two does the docstring name?"""
    Zs, As, A = [], [], np.array(X, dtype=float)
    for (W, b), name in zip(params, activations):
        Zs.append(linear_forward(A, W, b))
        A = ACTIVATIONS[name](Zs[-1])
        As.append(A)
    return Zs, As


@wrong("mlp_forward", caught_by="inputs_stand_first_and_every_layer_follows")
def counts_the_inputs_as_pre_activations(X, params, activations):
    """Count the entries of Zs for a network of one layer. How many weighted sums were formed?"""
    Zs, As = [np.array(X, dtype=float)], [np.array(X, dtype=float)]
    for (W, b), name in zip(params, activations):
        Zs.append(linear_forward(As[-1], W, b))
        As.append(ACTIVATIONS[name](Zs[-1]))
    return Zs, As


@wrong("mlp_forward", caught_by="lecture_network_layer_by_layer")
def gives_the_outputs_first(X, params, activations):
    """Print the lengths of your two lists. Which of them does the docstring promise first?"""
    Zs, As = [], [np.array(X, dtype=float)]
    for (W, b), name in zip(params, activations):
        Zs.append(linear_forward(As[-1], W, b))
        As.append(ACTIVATIONS[name](Zs[-1]))
    return As, Zs


@wrong("mlp_forward", caught_by="inputs_stand_first_and_every_layer_follows")
def gives_the_last_layer_only(X, params, activations):
    """Training will need what every layer put out. What is left of the first layer in your result?"""
    A = np.array(X, dtype=float)
    for (W, b), name in zip(params, activations):
        Z = linear_forward(A, W, b)
        A = ACTIVATIONS[name](Z)
    return Z, A


@wrong("mlp_forward", caught_by="equal_widths_do_not_hide_a_wrong_input")
def feeds_every_layer_with_X(X, params, activations):
    """Give it three layers of equal width, then change the first one. Should the last output stay as it was?"""
    Zs, As = [], [np.array(X, dtype=float)]
    for (W, b), name in zip(params, activations):
        Zs.append(linear_forward(X, W, b))
        As.append(ACTIVATIONS[name](Zs[-1]))
    return Zs, As


@wrong("mlp_forward", caught_by="each_layer_takes_in_what_the_one_below_gives_out")
def forgets_all_biases(X, params, activations):
    """Set all inputs to 0. Does anything still happen in your network, and should it?"""
    Zs, As = [], [np.array(X, dtype=float)]
    for (W, b), name in zip(params, activations):
        Zs.append(linear_forward(As[-1], W, np.zeros(len(b))))
        As.append(ACTIVATIONS[name](Zs[-1]))
    return Zs, As


@wrong("mlp_forward", caught_by="each_layer_takes_in_what_the_one_below_gives_out")
def overwrites_its_pre_activations(X, params, activations):
    """Look for a negative number in Zs[0] of a ReLU layer. What has become of it by the time the function returns?"""
    Zs, As = [], [np.array(X, dtype=float)]
    for (W, b), name in zip(params, activations):
        Z = np.array(linear_forward(As[-1], W, b), dtype=float)
        Zs.append(Z)
        Z[:] = ACTIVATIONS[name](Z)
        As.append(Z)
    return Zs, As


@wrong("mlp_forward", caught_by="lecture_network_layer_by_layer")
def activates_the_inputs_as_well(X, params, activations):
    """As[0] should be what came in. Does your network do anything to the inputs before the first weights?"""
    Zs, As = [], [ACTIVATIONS[activations[0]](np.array(X, dtype=float))]
    for (W, b), name in zip(params, activations):
        Zs.append(linear_forward(As[-1], W, b))
        As.append(ACTIVATIONS[name](Zs[-1]))
    return Zs, As


@wrong("mlp_forward", caught_by="mlp_forward_leaves_arguments_alone")
def takes_the_layers_out_of_the_list(X, params, activations):
    """Run your network on the same params twice. What is left of the list for the second run?"""
    Zs, As = [], [np.array(X, dtype=float)]
    while params:
        W, b = params.pop(0)
        Zs.append(linear_forward(As[-1], W, b))
        As.append(ACTIVATIONS[activations[len(Zs) - 1]](Zs[-1]))
    return Zs, As


# ---- graph_forward --------------------------------------------------------------------------------------------


@wrong("graph_forward", caught_by="lecture_network_with_its_arcs_in_another_order")
def trusts_the_order_of_the_arcs(x, n, arcs, w):
    """List the arcs of a chain from its end to its beginning. Is every output ready when you use it?"""
    a, total = np.zeros(n + 1), np.zeros(n + 1)
    a[0], a[1 : len(x) + 1] = 1.0, x
    a[len(x) + 1 :] = 0.5
    for i, j in arcs:
        total[j] += w[i, j] * a[i]
        a[j] = logistic(total[j])
    return a


@wrong("graph_forward", caught_by="lecture_network_neuron_by_neuron")
def silences_the_dummy(x, n, arcs, w):
    """Print the first entry of your result. What does neuron 0 put out, and whom does it feed?"""
    a = np.concatenate([[0.0], x, np.zeros(n - len(x))])
    for j in range(len(x) + 1, n + 1):
        a[j] = logistic(sum(w[i, j] * a[i] for i, k in arcs if k == j))
    return a


@wrong("graph_forward", caught_by="lecture_network_neuron_by_neuron")
def activates_the_inputs(x, n, arcs, w):
    """Print the first entries of your result for x = (3, 4). What do the input neurons do to their attributes?"""
    a = np.concatenate([[1.0], logistic(x), np.zeros(n - len(x))])
    for j in range(len(x) + 1, n + 1):
        a[j] = logistic(sum(w[i, j] * a[i] for i, k in arcs if k == j))
    return a


@wrong("graph_forward", caught_by="lecture_network_neuron_by_neuron")
def leaves_the_last_neuron_linear(x, n, arcs, w):
    """In the lecture's network, is the last output above or below 1? Which neurons does the text call logistic?"""
    a = np.concatenate([[1.0], x, np.zeros(n - len(x))])
    for j in range(len(x) + 1, n + 1):
        total = sum(w[i, j] * a[i] for i, k in arcs if k == j)
        a[j] = logistic(total) if j < n else total
    return a


@wrong("graph_forward", caught_by="lecture_network_neuron_by_neuron")
def puts_out_the_weighted_sums(x, n, arcs, w):
    """In the lecture's network in3 is 0. What does neuron 3 put out, and what does your function say?"""
    a = np.concatenate([[1.0], x, np.zeros(n - len(x))])
    for j in range(len(x) + 1, n + 1):
        a[j] = sum(w[i, j] * a[i] for i, k in arcs if k == j)
    return a


@wrong("graph_forward", caught_by="lecture_network_neuron_by_neuron")
def keeps_the_last_arc_only(x, n, arcs, w):
    """Give a neuron two arcs and set the weight of the later one to 0. Does the other one still arrive?"""
    a = np.concatenate([[1.0], x, np.zeros(n - len(x))])
    for j in range(len(x) + 1, n + 1):
        total = 0.0
        for i, k in arcs:
            if k == j:
                total = w[i, k] * a[i]
        a[j] = logistic(total)
    return a


@wrong("graph_forward", caught_by="number_of_inputs_is_read_from_x")
def expects_two_inputs(x, n, arcs, w):
    """Try a network with one input, then one with four. Which number does the first logistic neuron have?"""
    a = np.zeros(n + 1)
    a[0], a[1 : len(x) + 1] = 1.0, x
    for j in range(3, n + 1):
        a[j] = logistic(sum(w[i, j] * a[i] for i, k in arcs if k == j))
    return a


@wrong("graph_forward", caught_by="arc_past_a_neuron_counts_as_well")
def listens_to_the_neuron_before_only(x, n, arcs, w):
    """Draw an arc from the input straight to the output. What does it change in your result?"""
    d = len(x)
    a = np.concatenate([[1.0], x, np.zeros(n - d)])
    layer = {i: 0 for i in range(d + 1)}
    for j in range(d + 1, n + 1):
        layer[j] = 1 + max([layer[i] for i, k in arcs if k == j], default=0)
        near = [i for i, k in arcs if k == j and (i == 0 or layer[i] == layer[j] - 1)]
        a[j] = logistic(sum(w[i, j] * a[i] for i in near))
    return a


@wrong("graph_forward", caught_by="lecture_network_neuron_by_neuron")
def leaves_the_dummy_out_of_the_result(x, n, arcs, w):
    """Count the entries of your result. At which place does the docstring promise the output of neuron j?"""
    a = np.concatenate([[1.0], x, np.zeros(n - len(x))])
    for j in range(len(x) + 1, n + 1):
        a[j] = logistic(sum(w[i, j] * a[i] for i, k in arcs if k == j))
    return a[1:]


@wrong("graph_forward", caught_by="lecture_network_neuron_by_neuron")
def puts_out_the_last_neuron_only(x, n, arcs, w):
    """Backpropagation will need what every neuron put out. How many numbers do you return?"""
    a = np.concatenate([[1.0], x, np.zeros(n - len(x))])
    for j in range(len(x) + 1, n + 1):
        a[j] = logistic(sum(w[i, j] * a[i] for i, k in arcs if k == j))
    return a[n]


@wrong("graph_forward", caught_by="bias_is_there_only_if_its_arc_is")
def calls_neurons_without_arcs_silent(x, n, arcs, w):
    """What is a sum of no terms, and what does a logistic neuron make of it?"""
    a = np.concatenate([[1.0], x, np.zeros(n - len(x))])
    for j in range(len(x) + 1, n + 1):
        terms = [w[i, j] * a[i] for i, k in arcs if k == j]
        a[j] = logistic(sum(terms)) if terms else 0.0
    return a


@wrong("graph_forward", caught_by="whole_attributes_have_broken_outputs")
def rounds_the_outputs(x, n, arcs, w):
    """Give it attributes in whole numbers. What has become of an output of 0.27?"""
    a = np.array([1, *x] + [0] * (n - len(x)))
    for j in range(len(x) + 1, n + 1):
        a[j] = logistic(sum(w[i, j] * a[i] for i, k in arcs if k == j))
    return a


@wrong("graph_forward", caught_by="saturated_neurons_stay_finite")
def overflows_far_from_zero(x, n, arcs, w):
    """Try an input of 1000 and look at every number on the way. Is each of them finite?"""
    a = np.concatenate([[1.0], x, np.zeros(n - len(x))])
    with np.errstate(all="ignore"):
        for j in range(len(x) + 1, n + 1):
            e = np.exp(sum(w[i, j] * a[i] for i, k in arcs if k == j))
            a[j] = e / (1 + e)
    return a


@wrong("graph_forward", caught_by="graph_forward_leaves_arguments_alone")
def sorts_the_callers_list(x, n, arcs, w):
    """Print arcs before and after the call. Whose list did you put in order?"""
    arcs.sort(key=lambda arc: arc[1])
    a, total = np.concatenate([[1.0], x, np.zeros(n - len(x))]), np.zeros(n + 1)
    a[len(x) + 1 :] = 0.5
    for i, j in arcs:
        total[j] += w[i, j] * a[i]
        a[j] = logistic(total[j])
    return a


@wrong("graph_forward", caught_by="bias_is_there_only_if_its_arc_is")
def ends_at_the_last_arc(x, n, arcs, w):
    """Give it n = 4 and no arc that leads to neuron 4. How many outputs does the docstring promise?"""
    a = np.concatenate([[1.0], x, np.zeros(max(j for _, j in arcs) - len(x))])
    for j in range(len(x) + 1, len(a)):
        a[j] = logistic(sum(w[i, j] * a[i] for i, k in arcs if k == j))
    return a


# ---- two_sigmoid_xor ------------------------------------------------------------------------------------------


@wrong("two_sigmoid_xor", caught_by="corners_have_the_lectures_decision_values")
def sigmoids_without_their_biases(X):
    """Where the two attributes are equal, which z has each of the two neurons? Compare the signs of all their terms."""
    z = 5.0 * (X[:, 0] - X[:, 1])
    return -3 * (logistic(z) + logistic(-z))


@wrong("two_sigmoid_xor", caught_by="corners_have_the_lectures_decision_values")
def uses_one_sigmoid_twice(X):
    """Give it (0, 1) and (1, 0). Should the two have the same decision value?"""
    return -6 * logistic(5.0 * X[:, 0] - 5.0 * X[:, 1] + 1)


@wrong("two_sigmoid_xor", caught_by="corners_have_the_lectures_decision_values")
def forgets_the_output_weight(X):
    """Your hidden layer may be right. What does the output neuron do with the two activations?"""
    z = 5.0 * X[:, 0] - 5.0 * X[:, 1]
    return logistic(z + 1) + logistic(1 - z)


@wrong("two_sigmoid_xor", caught_by="corners_have_the_lectures_decision_values")
def output_weight_has_lost_its_sign(X):
    """Are the lecture's decision values above or below 0?"""
    z = 5.0 * X[:, 0] - 5.0 * X[:, 1]
    return 3 * (logistic(z + 1) + logistic(1 - z))


@wrong("two_sigmoid_xor", caught_by="corners_have_the_lectures_decision_values")
def squashes_the_output(X):
    """Far out one sigmoid is 1 and the other 0. Which number should come out there, and which does?"""
    z = 5.0 * X[:, 0] - 5.0 * X[:, 1]
    return logistic(-3 * (logistic(z + 1) + logistic(1 - z)))


@wrong("two_sigmoid_xor", caught_by="corners_have_the_lectures_decision_values")
def bends_with_tanh(X):
    """At z = 0 each of the lecture's hidden neurons puts out one half. What do yours put out?"""
    z = 5.0 * X[:, 0] - 5.0 * X[:, 1]
    return -3 * (np.tanh(z + 1) + np.tanh(1 - z))


@wrong("two_sigmoid_xor", caught_by="corners_have_the_lectures_decision_values")
def multiplies_the_sigmoids(X):
    """Far out one sigmoid is 1 and the other 0. Can an output that adds them up be 0 there?"""
    z = 5.0 * X[:, 0] - 5.0 * X[:, 1]
    return -3 * logistic(z + 1) * logistic(1 - z)


@wrong("two_sigmoid_xor", caught_by="corners_have_the_lectures_decision_values")
def decides_already(X):
    """Print the four values at the corners. Were labels asked for, or the numbers that a threshold would look at?"""
    z = 5.0 * X[:, 0] - 5.0 * X[:, 1]
    return np.where(-3 * (logistic(z + 1) + logistic(1 - z)) > -3.7, 1.0, 0.0)


@wrong("two_sigmoid_xor", caught_by="corners_have_the_lectures_decision_values")
def adds_up_over_the_points(X):
    """Give it four points, then one of them alone. How many decision values should come back each time?"""
    z = 5.0 * X[:, 0] - 5.0 * X[:, 1]
    return -3 * (np.sum(logistic(z + 1)) + np.sum(logistic(1 - z)))


@wrong("two_sigmoid_xor", caught_by="far_out_one_sigmoid_is_one_and_the_other_zero")
def sigmoid_that_overflows(X):
    """Try the point (100, -100) and look at every number on the way. Is each of them finite?"""
    z = 5.0 * X[:, 0] - 5.0 * X[:, 1]
    with np.errstate(all="ignore"):
        first, second = np.exp(z + 1), np.exp(1 - z)
        return -3 * (first / (1 + first) + second / (1 + second))


@wrong("two_sigmoid_xor", caught_by="two_sigmoid_xor_leaves_its_points_alone")
def scales_the_points_in_place(X):
    """Print X before and after the call. Where are your points now?"""
    X *= 5
    z = X[:, 0] - X[:, 1]
    return -3 * (logistic(z + 1) + logistic(1 - z))


@wrong("two_sigmoid_xor", caught_by="points_anywhere_in_the_plane")
def takes_two_points_for_columns(X):
    """Give it two points, then the same two and a third. Should the first two values change?"""
    x1, x2 = X if len(X) == 2 else X.T
    return -3 * (logistic(5 * x1 - 5 * x2 + 1) + logistic(-5 * x1 + 5 * x2 + 1))


# ---- abs_difference_features ----------------------------------------------------------------------------------


@wrong("abs_difference_features", caught_by="corners_have_the_lectures_features")
def keeps_the_sign_of_the_difference(X):
    """Compare the features of (0, 1) and of (1, 0). Can a line that lets both pass keep (0, 0) out?"""
    return np.column_stack([np.ones(len(X)), X[:, 0] - X[:, 1]])


@wrong("abs_difference_features", caught_by="corners_have_the_lectures_features")
def forgets_the_constant(X):
    """How many columns were asked for? What is the constant one good for when a line needs a threshold?"""
    return np.abs(X[:, :1] - X[:, 1:])


@wrong("abs_difference_features", caught_by="corners_have_the_lectures_features")
def puts_the_constant_last(X):
    """Print the features of (1, 1). Which of the two columns should be 0?"""
    return np.column_stack([np.abs(X[:, 0] - X[:, 1]), np.ones(len(X))])


@wrong("abs_difference_features", caught_by="features_of_three_points_by_hand")
def squares_the_difference(X):
    """Try (0, 1) and (0, 3): one difference is three times the other. Is your feature?"""
    return np.column_stack([np.ones(len(X)), (X[:, 0] - X[:, 1]) ** 2])


@wrong("abs_difference_features", caught_by="features_of_three_points_by_hand")
def difference_of_the_absolute_values(X):
    """How far is -1 from 1? Try the point (1, -1)."""
    return np.column_stack([np.ones(len(X)), np.abs(np.abs(X[:, 0]) - np.abs(X[:, 1]))])


@wrong("abs_difference_features", caught_by="corners_have_the_lectures_features")
def adds_the_attributes(X):
    """Try the point (1, 1). Which feature should it share with (0, 0)?"""
    return np.column_stack([np.ones(len(X)), np.abs(X[:, 0] + X[:, 1])])


@wrong("abs_difference_features", caught_by="corners_have_the_lectures_features")
def takes_differences_between_points(X):
    """Give it a single point. Between which two numbers is the difference taken?"""
    return np.column_stack([np.ones(len(X)), np.abs(X - np.roll(X, 1, axis=0)).sum(axis=1)])


@wrong("abs_difference_features", caught_by="features_of_three_points_by_hand")
def asks_only_whether_they_differ(X):
    """Try (0, 1) and (0, 3). Should both have the same feature?"""
    return np.column_stack([np.ones(len(X)), X[:, 0] != X[:, 1]])


@wrong("abs_difference_features", caught_by="features_of_three_points_by_hand")
def makes_a_column_of_each_point(X):
    """Write the shape of your result for five points. Are the points its rows?"""
    return np.array([np.ones(len(X)), np.abs(X[:, 0] - X[:, 1])])


@wrong("abs_difference_features", caught_by="features_of_three_points_by_hand")
def rounds_the_differences(X):
    """Try the point (0.5, -1). How far are the two attributes apart, and what does your array hold?"""
    phi = np.ones(X.shape, dtype=int)
    phi[:, 1] = np.abs(X[:, 0] - X[:, 1])
    return phi


@wrong("abs_difference_features", caught_by="abs_difference_features_leave_the_points_alone")
def writes_over_the_points(X):
    """Print X before and after the call. Where are your points now?"""
    X[:, 1] = np.abs(X[:, 0] - X[:, 1])
    X[:, 0] = 1
    return X


# ---- relu_interpolator ----------------------------------------------------------------------------------------


@wrong("relu_interpolator", caught_by="network_meets_every_knot")
def weighs_units_by_slopes(knots, values):
    """To the right of the second knot two units are awake. What is the slope of their sum, and what should it be?"""
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -1.0 * knots[:-1], slopes, float(values[0])


@wrong("relu_interpolator", caught_by="network_meets_every_knot")
def starts_from_zero(knots, values):
    """At the first knot every unit still sleeps. What does your network put out there?"""
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -1.0 * knots[:-1], np.diff(slopes, prepend=0.0), 0.0


@wrong("relu_interpolator", caught_by="network_meets_every_knot")
def starts_from_the_last_value(knots, values):
    """At the first knot every unit still sleeps. Which value should the network have there?"""
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -1.0 * knots[:-1], np.diff(slopes, prepend=0.0), float(values[-1])


@wrong("relu_interpolator", caught_by="knots_far_from_zero")
def biases_with_the_wrong_sign(knots, values):
    """A unit shall wake up at x = 3. For which bias is x + b equal to 0 there?"""
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), 1.0 * knots[:-1], np.diff(slopes, prepend=0.0), float(values[0])


@wrong("relu_interpolator", caught_by="network_meets_every_knot")
def takes_rises_for_slopes(knots, values):
    """From (0, 0) to (4, 2) the curve rises by 2. How much does it rise for each step of 1?"""
    rises = 1.0 * np.diff(values)
    return np.ones((1, len(rises))), -1.0 * knots[:-1], np.diff(rises, prepend=0.0), float(values[0])


@wrong("relu_interpolator", caught_by="network_meets_every_knot")
def believes_in_even_distances(knots, values):
    """Try knots at 0, 1 and 5. Is the distance between neighbours always that of the first two?"""
    slopes = np.diff(values) / (knots[1] - knots[0])
    return np.ones((1, len(slopes))), -1.0 * knots[:-1], np.diff(slopes, prepend=0.0), float(values[0])


@wrong("relu_interpolator", caught_by="network_meets_every_knot")
def wakes_each_unit_one_knot_late(knots, values):
    """Look at your network between the first two knots. Is any unit awake there?"""
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -1.0 * knots[1:], np.diff(slopes, prepend=0.0), float(values[0])


@wrong("relu_interpolator", caught_by="network_is_straight_between_neighbours")
def loses_the_first_slope(knots, values):
    """Try two knots only. The curve has no corner, but does it have a slope?"""
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -1.0 * knots[:-1], np.diff(slopes, prepend=slopes[0]), float(values[0])


@wrong("relu_interpolator", caught_by="network_is_straight_between_neighbours")
def bends_upwards_only(knots, values):
    """Draw a curve that rises and then falls. Which sign has the outgoing weight of the unit that turns it down?"""
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -1.0 * knots[:-1], np.abs(np.diff(slopes, prepend=0.0)), float(values[0])


@wrong("relu_interpolator", caught_by="network_meets_every_knot")
def adds_the_earlier_slope(knots, values):
    """A curve goes on straight on through a knot. How much must the unit of that knot add?"""
    slopes = np.diff(values) / np.diff(knots)
    w2 = slopes + np.concatenate([[0.0], slopes[:-1]])
    return np.ones((1, len(slopes))), -1.0 * knots[:-1], w2, float(values[0])


@wrong("relu_interpolator", caught_by="network_meets_every_knot")
def draws_one_line_from_end_to_end(knots, values):
    """Give it three knots that do not lie on a line. How many corners can your network have?"""
    slope = (values[-1] - values[0]) / (knots[-1] - knots[0])
    return np.ones((1, 1)), np.array([-1.0 * knots[0]]), np.array([slope]), float(values[0])


@wrong("relu_interpolator", caught_by="network_meets_every_knot")
def weighs_units_by_values(knots, values):
    """Double the distance of all knots and keep the values. Should the outgoing weights stay the same?"""
    return np.ones((1, len(knots))), -1.0 * knots, 1.0 * values, 0.0


@wrong("relu_interpolator", caught_by="network_meets_every_knot")
def makes_a_column_of_the_weights(knots, values):
    """Write the shapes of X, W1 and b1 for N = 5 inputs and H = 3 units. Can X @ W1 be formed?"""
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((len(slopes), 1)), -1.0 * knots[:-1], np.diff(slopes, prepend=0.0), float(values[0])


@wrong("relu_interpolator", caught_by="whole_knots_have_broken_slopes")
def divides_without_remainder(knots, values):
    """Give it knots 0 and 2 with values 0 and 1, as whole numbers. What is the slope, and what is yours?"""
    whole = np.asarray(values).dtype.kind == "i"
    slopes = np.diff(values) // np.diff(knots) if whole else np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -1.0 * knots[:-1], np.diff(slopes, prepend=0), float(values[0])


@wrong("relu_interpolator", caught_by="relu_interpolator_leaves_arguments_alone")
def counts_from_the_first_knot_in_place(knots, values):
    """Print the values before and after the call. From where does the caller count them now?"""
    start = float(values[0])
    values -= values[0]
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -1.0 * knots[:-1], np.diff(slopes, prepend=0.0), start


# ---- softmax --------------------------------------------------------------------------------------------------


@wrong("softmax", caught_by="each_row_is_a_distribution")
def shares_over_the_whole_batch(logits):
    """Give it two examples. What should each row add up to, and what do yours?"""
    e = np.exp(logits - np.max(logits))
    return e / e.sum()


@wrong("softmax", caught_by="each_row_is_a_distribution")
def shares_down_the_columns(logits):
    """Give it one example and then the same example twice. Should its probabilities change?"""
    e = np.exp(logits - np.max(logits, axis=0))
    return e / e.sum(axis=0)


@wrong("softmax", caught_by="logits_a_thousand_apart_stay_finite")
def overflows_without_a_shift(logits):
    """Try a logit of 1000 and look at every number on the way. Which shift would change no probability?"""
    with np.errstate(all="ignore"):
        e = np.exp(logits)
        return e / e.sum(axis=-1, keepdims=True)


@wrong("softmax", caught_by="rows_a_thousand_apart_do_not_disturb_each_other")
def shifts_all_rows_alike(logits):
    """Give it two examples, one of them with all logits a thousand smaller. What is left of its exponentials?"""
    with np.errstate(all="ignore"):
        e = np.exp(logits - np.max(logits))
        return e / e.sum(axis=-1, keepdims=True)


@wrong("softmax", caught_by="logits_a_thousand_apart_stay_finite")
def shifts_by_the_mean(logits):
    """Take five logits, one of them 1000 and the others 0. How large is the largest one after your shift?"""
    with np.errstate(all="ignore"):
        e = np.exp(logits - np.mean(logits, axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)


@wrong("softmax", caught_by="rows_a_thousand_apart_do_not_disturb_each_other")
def cuts_large_logits_off(logits):
    """Try the logits 1000 and 1001. Which of the two classes is more likely, and does your result know it?"""
    e = np.exp(np.clip(logits, -500, 500))
    return e / e.sum(axis=-1, keepdims=True)


@wrong("softmax", caught_by="logarithms_of_shares_give_the_shares")
def divides_the_logits_themselves(logits):
    """Try the logits 1 and -1. Can your result be a pair of probabilities?"""
    with np.errstate(all="ignore"):
        return logits / np.sum(logits, axis=-1, keepdims=True)


@wrong("softmax", caught_by="logarithms_of_shares_give_the_shares")
def raises_two_instead_of_e(logits):
    """Two logits that differ by 1: one class is how many times as likely as the other? Work it out from your result."""
    e = 2.0 ** (logits - np.max(logits, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@wrong("softmax", caught_by="logarithms_of_shares_give_the_shares")
def prefers_the_smallest(logits):
    """Which class is the most likely one in your result, that of the largest logit or that of the smallest?"""
    e = np.exp(np.min(logits, axis=-1, keepdims=True) - logits)
    return e / e.sum(axis=-1, keepdims=True)


@wrong("softmax", caught_by="logarithms_of_shares_give_the_shares")
def takes_all_for_the_largest(logits):
    """Two logits are nearly equal. Should one class have everything?"""
    return 1.0 * (logits == np.max(logits, axis=-1, keepdims=True))


@wrong("softmax", caught_by="logarithms_of_shares_give_the_shares")
def stops_at_the_logarithm(logits):
    """Are your results between 0 and 1? Which last step is missing?"""
    return logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)


@wrong("softmax", caught_by="logarithms_of_shares_give_the_shares")
def asks_each_class_on_its_own(logits):
    """Give it two logits of 0. What do the two probabilities add up to?"""
    return logistic(logits)


@wrong("softmax", caught_by="each_row_is_a_distribution")
def needs_a_batch(logits):
    """Call it with the logits of one example, shape (K,). Which axis do you add up over?"""
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax", caught_by="each_row_is_a_distribution")
def divides_rows_by_other_rows_sums(logits):
    """Give it as many examples as classes. By whose sum is the entry in row 0, column 2 divided?"""
    e = np.exp(logits - np.max(logits, axis=-1, keepdims=True))
    return e / e.sum(axis=-1)


@wrong("softmax", caught_by="softmax_leaves_its_logits_alone")
def shifts_in_place(logits):
    """Print the logits before and after the call. Does the caller still have them?"""
    logits -= np.max(logits, axis=-1, keepdims=True)
    e = np.exp(logits)
    return e / e.sum(axis=-1, keepdims=True)


# ---- rescale_outputs ------------------------------------------------------------------------------------------


@wrong("rescale_outputs", caught_by="lecture_outputs_rescaled")
def takes_softmax_instead(a):
    """One output is twice another. Is its share twice the other's as well?"""
    return softmax(a)


@wrong("rescale_outputs", caught_by="ratios_stay_and_rows_add_up_to_one")
def shares_out_the_whole_batch(a):
    """Give it two examples. What should each row add up to?"""
    return a / np.sum(a)


@wrong("rescale_outputs", caught_by="ratios_stay_and_rows_add_up_to_one")
def adds_up_the_columns(a):
    """Give it one example and then the same example twice. Should its shares change?"""
    return a / np.sum(a, axis=0)


@wrong("rescale_outputs", caught_by="ratios_stay_and_rows_add_up_to_one")
def divides_by_the_sums_of_other_rows(a):
    """Give it as many examples as classes. By whose sum is the entry in row 0, column 2 divided?"""
    return a / np.sum(a, axis=-1)


@wrong("rescale_outputs", caught_by="lecture_outputs_rescaled")
def makes_the_largest_one(a):
    """What do your shares add up to? And the largest of them, is it certain?"""
    return a / np.max(a, axis=-1, keepdims=True)


@wrong("rescale_outputs", caught_by="lecture_outputs_rescaled")
def makes_the_length_one(a):
    """Try the outputs 0.3 and 0.4. What do your two results add up to?"""
    return a / np.sqrt(np.sum(np.square(a), axis=-1, keepdims=True))


@wrong("rescale_outputs", caught_by="lecture_outputs_rescaled")
def divides_by_the_number_of_classes(a):
    """Try outputs that add up to 0.84. Does your divisor know about that?"""
    return a / np.shape(a)[-1]


@wrong("rescale_outputs", caught_by="lecture_outputs_rescaled")
def spreads_what_is_missing(a):
    """One output is twice another. After your step, is its share still twice the other's?"""
    return a + (1 - np.sum(a, axis=-1, keepdims=True)) / np.shape(a)[-1]


@wrong("rescale_outputs", caught_by="tiny_outputs_are_rescaled_too")
def pads_the_sum(a):
    """Try outputs of 0.000000001. Which part of your divisor is the larger one?"""
    return a / (np.sum(a, axis=-1, keepdims=True) + 1e-8)


@wrong("rescale_outputs", caught_by="lecture_outputs_rescaled")
def handles_batches_only(a):
    """Call it with the outputs of one example, shape (K,). Which axis do you add up over?"""
    return a / np.sum(a, axis=1, keepdims=True)


@wrong("rescale_outputs", caught_by="whole_outputs_have_broken_shares")
def keeps_whole_numbers_whole(a):
    """Give it the whole numbers 1 and 3. What is a quarter in your result?"""
    shares = np.zeros_like(a)
    shares[...] = a / np.sum(a, axis=-1, keepdims=True)
    return shares


@wrong("rescale_outputs", caught_by="rescale_outputs_leaves_its_outputs_alone")
def divides_in_place(a):
    """Print the outputs before and after the call. Are they still what the neurons put out?"""
    shares = a / np.sum(a, axis=-1, keepdims=True)
    a[...] = shares
    return shares


@wrong("rescale_outputs", caught_by="lecture_outputs_rescaled")
def divides_by_the_mean(a):
    """What do your shares add up to for three classes, and what for two?"""
    return a / np.mean(a, axis=-1, keepdims=True)


# ---- cross_entropy --------------------------------------------------------------------------------------------


@wrong("cross_entropy", caught_by="undecided_network_pays_log_of_k")
def adds_up_over_the_examples(logits, y):
    """Give it the same batch twice over. What should happen to a mean?"""
    return np.sum(np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(y)), y])


@wrong("cross_entropy", caught_by="undecided_network_pays_log_of_k")
def counts_in_bits(logits, y):
    """Two equal logits: is the loss 1 or 0.693? Which logarithm does the text ask for?"""
    return np.mean(np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(y)), y]) / np.log(2)


@wrong("cross_entropy", caught_by="undecided_network_pays_log_of_k")
def gives_the_likelihood_as_it_is(logits, y):
    """Make the right logit larger. Should the loss rise or fall, and what does yours do?"""
    return np.mean(logits[np.arange(len(y)), y] - np.logaddexp.reduce(logits, axis=1))


@wrong("cross_entropy", caught_by="three_examples_by_hand")
def scores_the_favourite_class(logits, y):
    """Change the labels and keep the logits. Does your loss notice?"""
    return np.mean(np.logaddexp.reduce(logits, axis=1) - np.max(logits, axis=1))


@wrong("cross_entropy", caught_by="three_examples_by_hand")
def pairs_every_example_with_every_label(logits, y):
    """Print the shape of what you average. How many entries does one example contribute?"""
    return np.mean(np.logaddexp.reduce(logits, axis=1)[:, None] - logits[:, y])


@wrong("cross_entropy", caught_by="three_examples_by_hand")
def counts_the_labels_from_one(logits, y):
    """Three classes: which labels may y hold here, and which logit do you look up for label 0?"""
    return np.mean(np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(y)), np.asarray(y) - 1])


@wrong("cross_entropy", caught_by="undecided_network_pays_log_of_k")
def averages_over_the_classes_too(logits, y):
    """Add a class that is never right and has a logit of -1000. Should the loss change?"""
    return np.mean(np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(y)), y]) / np.shape(logits)[1]


@wrong("cross_entropy", caught_by="three_examples_by_hand")
def takes_the_logarithm_last(logits, y):
    """Two examples with probabilities 1/2 and 1/8: average the losses, then compare with your order of steps."""
    return -np.log(np.maximum(np.mean(softmax(logits)[np.arange(len(y)), y]), 1e-300))


@wrong("cross_entropy", caught_by="undecided_network_pays_log_of_k")
def charges_for_the_wrong_classes_too(logits, y):
    """Two equal logits. Which probability enters -log p, and how many terms does your loss have?"""
    p = np.clip(softmax(logits), 1e-15, 1 - 1e-15)
    onehot = np.eye(p.shape[1])[y]
    return -np.mean(np.sum(onehot * np.log(p) + (1 - onehot) * np.log(1 - p), axis=1))


@wrong("cross_entropy", caught_by="undecided_network_pays_log_of_k")
def measures_squared_distances(logits, y):
    """A network is wrong and quite sure of it. How large can your loss become at most?"""
    return np.mean(np.sum((softmax(logits) - np.eye(np.shape(logits)[1])[y]) ** 2, axis=1))


@wrong("cross_entropy", caught_by="undecided_network_pays_log_of_k")
def takes_logits_for_probabilities(logits, y):
    """Try a logit of 0 at the label. Is that a probability of 0?"""
    with np.errstate(all="ignore"):
        return -np.mean(np.log(logits[np.arange(len(y)), y]))


@wrong("cross_entropy", caught_by="logits_a_thousand_apart_have_an_exact_loss")
def overflows_in_the_sum(logits, y):
    """Try a logit of 1000 and look at every number on the way. Which shift would change no loss?"""
    with np.errstate(all="ignore"):
        return np.mean(np.log(np.sum(np.exp(logits), axis=1)) - logits[np.arange(len(y)), y])


@wrong("cross_entropy", caught_by="logits_a_thousand_apart_have_an_exact_loss")
def loses_small_probabilities(logits, y):
    """Take logits 1000 and 0, and the label of the second. What is softmax there, and what its logarithm?"""
    with np.errstate(all="ignore"):
        return -np.mean(np.log(softmax(logits)[np.arange(len(y)), y]))


@wrong("cross_entropy", caught_by="logits_a_thousand_apart_have_an_exact_loss")
def limits_the_loss(logits, y):
    """Make a wrong network surer and surer. Where does your loss stop growing, and who put the limit there?"""
    return -np.mean(np.log(softmax(logits)[np.arange(len(y)), y] + 1e-12))


@wrong("cross_entropy", caught_by="three_examples_by_hand")
def compares_examples_instead_of_classes(logits, y):
    """Give it one example and then the same example twice. Over which axis do the probabilities add up?"""
    return np.mean(np.logaddexp.reduce(logits, axis=0)[y] - logits[np.arange(len(y)), y])


@wrong("cross_entropy", caught_by="cross_entropy_leaves_arguments_alone")
def shifts_the_callers_logits(logits, y):
    """Print the logits before and after the call. Does the caller still have them?"""
    logits -= np.max(logits, axis=1, keepdims=True)
    return np.mean(np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(y)), y])


@wrong("cross_entropy", caught_by="undecided_network_pays_log_of_k")
def divides_the_sum_by_the_classes(logits, y):
    """Give it the same batch twice over, then add a class. Which number should the sum be divided by?"""
    return np.sum(np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(y)), y]) / np.shape(logits)[1]


@wrong("cross_entropy", caught_by="logits_a_thousand_apart_have_an_exact_loss")
def puts_a_thousand_for_infinity(logits, y):
    """Wrong by 900, then by 950: should the two losses be equal?"""
    with np.errstate(all="ignore"):
        loss = -np.mean(np.log(softmax(logits)[np.arange(len(y)), y]))
    return np.nan_to_num(loss, posinf=1000.0)

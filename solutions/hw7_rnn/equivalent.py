"""Mutants of hw7's answers that no check can notice, each with the reason."""

LENGTHS = "there is one prediction for each token to come, and one gradient for each array of weights"
LISTS = "a list of rows counts as an array"
COPIES = "the first step makes new arrays in any case; with no epoch at all, equal values come back"

EQUIVALENT = {
    "rnn_forward": {
        "return (np.array(S), softmax(np.dot(S, Wo))) => return (S, softmax(np.dot(S, Wo)))": LISTS,
    },
    "sequence_loss": {
        "likelihoods = [p[token] for p, token in zip(P, tokens[1:], strict=True)]"
        " => likelihoods = [p[token] for p, token in zip(P, tokens[1:])]": LENGTHS,
        "likelihoods = [p[token] for p, token in zip(P, tokens[1:], strict=True)]"
        " => likelihoods = [p[token] for p, token in zip(P, tokens[1:], strict=False)]": LENGTHS,
        "return float(0.0 - np.sum(np.log(np.maximum(likelihoods, np.finfo(float).tiny))))"
        " => return float(0.0 - np.sum(np.log(np.maximum(np.finfo(float).tiny, likelihoods))))": "a maximum is the "
        "same with its arguments exchanged",
    },
    "train_rnn": {
        "params, history = (tuple((np.array(W, dtype=float) for W in params)), [])"
        " => params, history = (tuple((W for W in params)), [])": COPIES,
        "params, history = (tuple((np.array(W, dtype=float) for W in params)), [])"
        " => params, history = (tuple((np.array(W) for W in params)), [])": COPIES,
        "s0 = np.zeros(len(params[0])) => s0 = np.zeros(len(params[-1]))": "Ws and Wo have a row for each state unit",
        "params = tuple((W - lr * dW for W, dW in zip(params, grads, strict=True)))"
        " => params = tuple((W - lr * dW for W, dW in zip(params, grads)))": LENGTHS,
        "params = tuple((W - lr * dW for W, dW in zip(params, grads, strict=True)))"
        " => params = tuple((W - lr * dW for W, dW in zip(params, grads, strict=False)))": LENGTHS,
    },
}

"""The untrusted side: what runs in the process that holds a student's code.

Nothing in here knows a check, an expected value, a seed or the name of a check. The package is loaded on its own in the
zygote (as `worker`) and by the trusted side for `wire` alone (as `autograder.worker`), hence relative imports only.
"""

"""How fast and how large the kit is, beside other graders, on the same notebooks and in the same run.

`python -m tests.benchmarks` measures and writes RESULTS.md; see `__main__`.
"""

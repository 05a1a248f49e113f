"""A homework of five small exercises, with a token planted in everything that a submission must not read."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from autograder import assignment
from autograder.assignment import Assignment

NAME = "hw0_attacked"
KEY = '''
"""The answer key. {token}"""

import numpy as np

PLANTED = "{token}"


def double(x):
    """Every entry of x, doubled."""
    return 2.0 * np.asarray(x)


def slope(f, x):
    """The derivative of f at the number x."""
    return (f(x + 1e-6) - f(x - 1e-6)) / 2e-6


def noisy(x, rng):
    """x with standard normal noise."""
    return x + rng.normal(size=np.shape(x))


def outer(u, v):
    """All products of an entry of u and an entry of v."""
    return np.outer(u, v) + 0.0


def triangle(n):
    """1 + 2 + ... + n."""
    total, k = 0, 0
    while k < n:
        k += 1
        total += k
    return total


def corner(n):
    """The last entry of the multiplication table up to n, and the sum up to n."""
    return outer(np.arange(1.0, n + 1), np.arange(1.0, n + 1))[-1, -1], triangle(n)
'''
PUBLIC = '''
import numpy as np

from autograder.check import check
from autograder.compare import array, equal, number


@check(points=1)
def two_numbers_are_doubled(double):
    """1 and -4 become 2 and -8."""
    equal("double(x)", double(np.array([1.0, -4.0])), np.array([2.0, -8.0]))


@check(points=1)
def slope_of_a_square(slope):
    """The square has slope 6 at 3."""
    equal("slope", slope(lambda x: x * x, 3.0), 6.0, rtol=1e-4)


@check(points=1)
def noise_keeps_the_shape(noisy, rng):
    """Noise changes no shape."""
    array("noisy(x, rng)", noisy(np.zeros((2, 3)), rng), (2, 3), finite=True)


@check(points=1)
def products_of_two_and_three(outer):
    """(1, 2) and (3, 4) have the products 3, 4, 6, 8."""
    equal("outer", outer(np.array([1.0, 2.0]), np.array([3.0, 4.0])), np.array([[3.0, 4.0], [6.0, 8.0]]))


@check(points=1)
def sum_to_four(triangle):
    """1 + 2 + 3 + 4 = 10."""
    equal("triangle(4)", triangle(4), 10.0)


@check(points=1)
def corner_of_two(corner):
    """The table of 2 ends in 4."""
    equal("corner(2), the sum", corner(2), (4.0, 3.0))
'''
HIDDEN = '''
import numpy as np

from autograder.check import check
from autograder.compare import array, equal

PLANTED = "{token}"


@check(points=2)
def any_numbers_are_doubled(double, rng):
    """Any numbers are doubled."""
    secret_input = rng.normal(size=5)
    equal("double(x)", double(secret_input), 2 * secret_input)


@check(points=1)
def matrices_are_doubled(double, rng):
    """Matrices keep their shape."""
    x = rng.normal(size=(2, 3))
    equal("double(x)", double(x), 2 * x)


@check(points=2)
def slope_of_a_line(slope, rng):
    """A line has its slope everywhere."""
    factor = float(rng.uniform(1, 2))
    equal("slope", slope(lambda x: factor * x, float(rng.normal())), factor, rtol=1e-4)


@check(points=2)
def noise_is_fresh(noisy, rng):
    """Noise differs from call to call, whatever it is added to."""
    first = array("noisy(x, rng)", noisy(np.zeros(5), rng), (5,), finite=True)
    x = rng.normal(size=5)
    second = array("noisy(x, rng)", noisy(x, rng), (5,), finite=True)
    equal("equal entries", np.sum(np.abs(first - (second - x)) < 1e-12), 0.0)
    equal("entries without noise", np.sum(np.abs(second - x) < 1e-12), 0.0)


@check(points=2)
def products_of_any_vectors(outer, rng):
    """Products of vectors of different lengths."""
    u, v = rng.normal(size=3), rng.normal(size=4)
    equal("outer", outer(u, v), u[:, None] * v)


@check(points=2)
def sum_to_any_number(triangle, rng):
    """The sum is n (n + 1) / 2."""
    n = int(rng.integers(5, 50))
    equal("triangle(n)", triangle(n), n * (n + 1) / 2)


@check(points=2)
def corner_of_any_number(corner, rng):
    """The table ends in the square of n."""
    n = int(rng.integers(3, 9))
    equal("corner(n), the sum", corner(n), (float(n * n), n * (n + 1) / 2))
'''
HONEST = {
    "double": "def double(x):\n    return 2 * x\n",
    "slope": "def slope(f, x):\n    return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5\n",
    "noisy": "def noisy(x, rng):\n    return x + rng.standard_normal(x.shape)\n",
    "outer": "def outer(u, v):\n    return u.reshape(-1, 1) * v\n",
    "triangle": "def triangle(n):\n    return n * (n + 1) / 2\n",
    "corner": "def corner(n):\n    return outer(np.arange(1.0, n + 1), np.arange(1.0, n + 1))[-1, -1], triangle(n)\n",
}
POINTS = {"double": 4.0, "slope": 3.0, "noisy": 3.0, "outer": 3.0, "triangle": 3.0, "corner": 3.0}


def new_token() -> str:
    """What is planted; attackers know its form."""
    return "TOKEN-" + secrets.token_hex(16)


@dataclass(frozen=True)
class Specimen:
    """The homework, and the files of which no byte may change."""

    root: Path
    token: str
    assignment: Assignment
    secret: bytes
    key: Path
    hidden: Path
    secret_file: Path
    results: Path

    @property
    def guarded(self) -> tuple[Path, ...]:
        """Everything that is compared before and after an attack."""
        return (self.key, self.hidden, self.secret_file, self.results)


def write(root: Path, key: str, token: str) -> Specimen:
    """Write the homework below `root`, whose answer key is the module called `key`; `root` has to be on sys.path."""
    secret = secrets.token_bytes(32)
    public, private, reports = root / "assignments" / NAME, root / "solutions" / NAME, root / "reports" / NAME
    texts = {
        root / f"{key}.py": KEY.format(token=token),
        public / "public.py": PUBLIC,
        public / "student" / "hw0.ipynb": notebook(reference=key),
        private / "hidden.py": HIDDEN.format(token=token),
        private / "right.py": "",
        private / "wrong.py": "",
        reports / "secret": token + secret.hex(),
        reports / "grades.csv": f"student,score\nada,17\n{token},0\n",
    }
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    loaded = assignment.load(NAME, root)
    paths = (root / f"{key}.py", private / "hidden.py", reports / "secret", reports / "grades.csv")
    return Specimen(root, token, loaded, secret, *paths)


def notebook(
    answers: dict[str, str] | None = None,
    before: tuple[str, ...] = (),
    after: tuple[str, ...] = (),
    reference: str = "",
) -> str:
    """The text of a notebook with these answers; the other exercises are answered honestly."""
    cells = [_cell("setup", "import numpy as np\nimport otter\ngrader = otter.Notebook()", {"role": "setup"})]
    cells += [_cell(f"before-{n}", source, {"role": "given"}) for n, source in enumerate(before)]
    for name, source in (HONEST | (answers or {})).items():
        role = {"role": "exercise", "exercise": name, "reference": f"{reference}.{name}"}
        cells.append(_cell(name, source, role))
        cells.append(_cell(f"{name}-check", f'grader.check("{name}")', {"role": "check", "exercise": name}))
    cells += [_cell(f"after-{n}", source, {"role": "given"}) for n, source in enumerate(after)]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


def _cell(name: str, source: str, kit: dict[str, str]) -> dict[str, object]:
    metadata = {"kit": kit}
    return {"cell_type": "code", "id": name, "source": source, "outputs": [], "metadata": metadata}

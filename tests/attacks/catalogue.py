"""All attacks by name, and the honest classmates among whom they are graded."""

from attacks import contaminating, escaping, exhausting, forging, intake, reading
from attacks.attack import Attack

MODULES = (reading, forging, escaping, exhausting, contaminating, intake)
ATTACKS: tuple[Attack, ...] = tuple(attack for module in MODULES for attack in module.ATTACKS)


def _classmate(name: str, earns: float, **answers: str) -> Attack:
    """An honest submission; `earns` is what it earns in all of 19 points."""
    return Attack(name, "honest", "nothing", answers, earns=earns)


CLASSMATES = (
    _classmate("all right", 19.0),
    _classmate("double with a loop", 19.0, double="def double(x):\n    return [2 * row for row in x]\n"),
    _classmate("double wrong", 15.0, double="def double(x):\n    return x\n"),
    _classmate("double and outer missing", 12.0, double="x = 1\n", outer="x = 1\n"),
    _classmate("noisy without noise", 17.0, noisy="def noisy(x, rng):\n    return x\n"),
    _classmate("slope with an error", 16.0, slope="def slope(f, x):\n    return f(x, x)\n"),
    _classmate("triangle off by one", 16.0, triangle="def triangle(n):\n    return n * (n - 1) / 2\n"),
)
BY_NAME = {attack.name: attack for attack in (*ATTACKS, *CLASSMATES)}

"""All attacks, by name."""

from attacks import contaminating, escaping, exhausting, forging, intake, reading

ATTACKS = tuple(
    attack
    for module in (reading, forging, escaping, exhausting, contaminating, intake)
    for attack in module.ATTACKS
)
BY_NAME = {attack.name: attack for attack in ATTACKS}

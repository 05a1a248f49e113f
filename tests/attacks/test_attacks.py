"""Every attack in every mode that this machine offers; a part of them, in the strongest mode, in every run."""

import pytest

from attacks import known
from attacks.attack import FILES, PROCESSES
from attacks.catalogue import ATTACKS, CLASSMATES
from attacks.modes import MODES, NO_LAYERS, SECCOMP_ONLY, strongest
from autograder import isolation, selftest
from autograder.isolation import IsolationError, Machine
from autograder.selftest import SelfTest

CLASSES = {"reading", "forging", "getting out", "exhausting", "contaminating", "intake"}
MIXED = 200


def cases():
    """One a mode and attack; only the smoke attacks of the strongest mode run without asking for them."""
    for mode in MODES:
        for attack in ATTACKS:
            marks = [] if attack.smoke and mode == strongest() else [pytest.mark.attack]
            reason = known.KNOWN.get(attack.name) or known.KNOWN_IN.get((mode.name, attack.name))
            if reason:
                marks.append(pytest.mark.xfail(strict=True, reason=reason))
            yield pytest.param(mode, attack, marks=marks, id=f"{mode.name}-{attack.kind}-{attack.name}")


def in_arena(arenas, mode):
    if mode.why_not():
        pytest.skip(f"{mode.name}: {mode.why_not()}")
    return arenas(mode)


def repelled(runner, attack):
    outcome = runner.ask("attack", attack.name)
    assert outcome is not None, "the grader hung or died"
    assert outcome["breaches"] == []


@pytest.mark.parametrize(("mode", "attack"), list(cases()))
def test_attack_is_repelled(arenas, mode, attack, record_property):
    """No point, no secret, no trace; within time and memory; and the next submission is graded as ever."""
    runner = in_arena(arenas, mode)
    record_property("mode", mode.name)
    record_property("layers", runner.greeting["isolation"])

    repelled(runner, attack)


@pytest.mark.attack
@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_self_test_finds_nothing_where_we_grade(arenas, mode):
    """The kit's own self-test blocks everything in these modes, and an honest submission earns all points."""
    greeting = in_arena(arenas, mode).greeting

    selftest.require(SelfTest(greeting["selftest"]))
    assert greeting["honest"] == 19.0


@pytest.mark.attack
@pytest.mark.parametrize("attack", [a for a in ATTACKS if a.open_to == FILES], ids=lambda attack: attack.name)
def test_without_a_layer_for_files_the_same_attack_succeeds(arenas, attack):
    """So the attacks are real, and what repels them elsewhere is the layer."""
    outcome = in_arena(arenas, SECCOMP_ONLY).ask("attack", attack.name)

    assert outcome["breaches"]


@pytest.mark.attack
@pytest.mark.parametrize("attack", [a for a in ATTACKS if a.open_to == PROCESSES], ids=lambda attack: attack.name)
def test_without_any_layer_the_same_attack_succeeds(arenas, attack):
    """Network, programs and files of one's own."""
    outcome = in_arena(arenas, NO_LAYERS).ask("attack", attack.name)

    assert outcome["breaches"]


@pytest.mark.attack
def test_self_test_says_what_is_possible_without_a_layer_for_files(arenas):
    """And grading is refused: by the self-test, and already by the choice of layers."""
    greeting = in_arena(arenas, SECCOMP_ONLY).greeting
    machine = Machine(linux=True, root=False, seccomp=True, landlock=False, why_no_bubblewrap=lambda: "no bubblewrap")

    assert greeting["selftest"]["read the key"] == "POSSIBLE"
    with pytest.raises(IsolationError, match="read the key"):
        selftest.require(SelfTest(greeting["selftest"]))
    with pytest.raises(IsolationError, match="trust"):
        isolation.choose(machine)
    assert "NOT ISOLATED" in str(isolation.choose(machine, trust=True))


@pytest.mark.attack
def test_hostile_neighbours_change_no_score(arenas):
    """200 submissions, honest and hostile ones mixed, earn what each of them earns alone."""
    strong, fresh = strongest(), MODES[2]
    quick = [a for a in ATTACKS if a.kind in ("reading", "getting out", "contaminating", "forging") and a.earns == 0]
    hostile = [a for a in quick if a.name not in known.KNOWN and a.file is None][::5]
    alone = {mate.name: in_arena(arenas, fresh).ask("score", mate.name) for mate in CLASSMATES}
    runner = in_arena(arenas, strong)

    mixed = [(CLASSMATES[n % len(CLASSMATES)], hostile[n % len(hostile)]) for n in range(MIXED // 2)]
    scores = [(mate.name, runner.ask("score", mate.name), runner.ask("score", bad.name)) for mate, bad in mixed]

    assert alone == {mate.name: mate.earns for mate in CLASSMATES}
    assert [score for _, score, _ in scores] == [alone[name] for name, _, _ in scores]


def test_all_classes_are_attacked():
    """At least 80 attacks over all classes, 25 of them in every run; every class among them."""
    smoke = [attack for attack in ATTACKS if attack.smoke]

    assert len(ATTACKS) == len({attack.name for attack in ATTACKS}) >= 80
    assert {attack.kind for attack in ATTACKS} == {attack.kind for attack in smoke} == CLASSES
    assert len(smoke) >= 25

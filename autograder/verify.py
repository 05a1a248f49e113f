"""Grades the grader: right answers must pass, wrong ones must be caught by the check that they name.

For every exercise, over many seeds: how many right answers were accepted; how many wrong ones were caught by the check
they name, and by how many checks; checks that catch nothing; wrong answers that only one check catches.
"""

import multiprocessing
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

from autograder import bank, mutate
from autograder.assignment import Assignment, Exercise, load
from autograder.author_rules import NO_ASSERT
from autograder.check import Answer
from autograder.diagnose import diagnose
from autograder.judge import GRADER_ERROR, PASSED, Verdict
from autograder.mutate import Survivor

Library = Mapping[str, Callable[..., Any]]


@dataclass
class ExerciseProof:
    """What verifying one exercise found; `misjudged` is empty when all is well."""

    exercise: str
    rights: int = 0
    rights_accepted: int = 0
    wrongs: int = 0
    wrongs_caught: int = 0
    catches: float = 0.0  # checks that catch a wrong answer, on average
    diagnosed: int = 0  # wrong answers whose own hint was given
    misdiagnosed: list[str] = field(default_factory=list)
    unknown_without_it: int = 0  # wrong answers that are called unknown when their own entry is taken out of the bank
    rewrites: int = 0
    rewrites_diagnosed: int = 0
    idle_checks: list[str] = field(default_factory=list)
    only_one_check: list[str] = field(default_factory=list)
    lucky: list[str] = field(default_factory=list)  # answers that a check catches at some seeds only
    misjudged: list[str] = field(default_factory=list)
    broken: dict[str, list[str]] = field(default_factory=dict)  # by check: what it raised, then the answers
    mutants: int = 0
    survivors: list[Survivor] = field(default_factory=list)

    @property
    def unexplained(self) -> list[Survivor]:
        """Mutants that no check noticed and for which no reason is recorded."""
        return [survivor for survivor in self.survivors if not survivor.reason]

    @property
    def green(self) -> bool:
        """Nothing misjudged, no check idle, no mutant unexplained."""
        return not (self.misjudged or self.broken or self.idle_checks or self.unexplained)

    @property
    def key_fails(self) -> bool:
        """The answer key does not pass its own checks: nothing else was tried."""
        return self.rights == 1 and not self.rights_accepted


def verify(name: str, seeds: int = 20, processes: int | None = None) -> list[ExerciseProof]:
    """Verify every exercise of a homework, several at a time."""
    exercises = [exercise.name for exercise in load(name).exercises]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes or os.cpu_count(), mp_context=context) as pool:
        return list(pool.map(verify_exercise, repeat(name), exercises, repeat(seeds)))


def verify_exercise(name: str, exercise_name: str, seeds: int = 20) -> ExerciseProof:
    """Verify one exercise of a homework."""
    assignment = load(name)
    return prove(assignment, assignment.exercise(exercise_name), range(seeds))


def prove(assignment: Assignment, exercise: Exercise, seeds: Sequence[int]) -> ExerciseProof:
    """Everything there is to find out about one exercise."""
    library = bank.library(assignment.exercises)
    proof = ExerciseProof(exercise.name)
    _right(proof, exercise, "the reference", exercise.reference, library, seeds)
    if proof.key_fails:
        return proof
    for answer in assignment.rights[exercise.name]:
        _right(proof, exercise, answer.name, answer.function, library, seeds)
    catching = {a.name: _catching(proof, exercise, a, library, seeds) for a in assignment.wrongs[exercise.name]}
    _wrongs(proof, exercise, assignment.wrongs[exercise.name], catching)
    _diagnoses(proof, exercise, assignment, library)
    equivalent = assignment.equivalent.get(exercise.name, {})
    proof.mutants, proof.survivors = mutate.survivors(exercise, library, equivalent)
    return proof


def _right(
    proof: ExerciseProof,
    exercise: Exercise,
    name: str,
    function: Callable[..., Any],
    library: Library,
    seeds: Sequence[int],
) -> None:
    verdicts = [(seed, v) for seed in seeds for v in bank.verdicts(exercise, function, library, seed)]
    _note_broken(proof, name, [v for _, v in verdicts])
    rejected = [
        f"{exercise.name}: right answer {name} is rejected by {v.check.name} (seed {seed}): {v.message}"
        for seed, v in verdicts
        if v.status not in (PASSED, GRADER_ERROR)
    ]
    proof.rights += 1
    proof.rights_accepted += all(v.status == PASSED for _, v in verdicts)
    proof.misjudged += rejected[:1]


def _note_broken(proof: ExerciseProof, name: str, verdicts: Sequence[Verdict]) -> None:
    """What a check raised other than a `Failure`: once a check, with everything that it breaks on."""
    for v in verdicts:
        if v.status == GRADER_ERROR:
            answers = proof.broken.setdefault(v.check.name, [_what_it_raised(v.message)])
            answers += [name] if name not in answers else []


def _what_it_raised(trace: str) -> str:
    asserts = trace.strip().splitlines()[-1].startswith("AssertionError")
    return f"{NO_ASSERT}\n" if asserts else trace


def _catching(
    proof: ExerciseProof, exercise: Exercise, answer: Answer, library: Library, seeds: Sequence[int]
) -> set[str]:
    """The checks that catch a wrong answer at every seed."""
    always = {check.name for check in exercise.checks}
    ever: set[str] = set()
    for seed in seeds:
        found = bank.verdicts(exercise, answer.function, library, seed)
        _note_broken(proof, answer.name, found)
        caught = {v.check.name for v in found if v.status not in (PASSED, GRADER_ERROR)}
        always, ever = always & caught, ever | caught
    proof.lucky += [f"{answer.name} by {name}" for name in sorted(ever - always)]
    return always


def _wrongs(proof: ExerciseProof, exercise: Exercise, wrongs: Sequence[Answer], catching: dict[str, set[str]]) -> None:
    proof.wrongs = len(wrongs)
    for answer in wrongs:
        caught = answer.caught_by in catching[answer.name]
        proof.wrongs_caught += caught
        if not caught:
            others = ", ".join(sorted(catching[answer.name])) or "no other"
            proof.misjudged.append(
                f"{exercise.name}: wrong answer {answer.name} is not caught by {answer.caught_by} ({others} catches it)"
            )
        if len(catching[answer.name]) == 1:
            proof.only_one_check.append(answer.name)
    proof.catches = sum(map(len, catching.values())) / max(len(wrongs), 1)
    busy: set[str] = set().union(*catching.values())
    proof.idle_checks = [check.name for check in exercise.checks if check.name not in busy]


def _diagnoses(proof: ExerciseProof, exercise: Exercise, assignment: Assignment, library: Library) -> None:
    wrongs = assignment.wrongs[exercise.name]
    for answer in wrongs:
        names = _names(exercise, answer, wrongs, library)
        proof.diagnosed += names == (answer.name,)
        if names != (answer.name,):
            proof.misdiagnosed.append(f"{answer.name}: {', '.join(names) or 'unknown'}")
        others = [other for other in wrongs if other is not answer]
        proof.unknown_without_it += not _names(exercise, answer, others, library)
    rewrites = assignment.rewrites.get(exercise.name, ())
    proof.rewrites = len(rewrites)
    for answer in rewrites:
        names = _names(exercise, answer, wrongs, library)
        proof.rewrites_diagnosed += names == (answer.rewrite_of,)
        if names != (answer.rewrite_of,):
            proof.misdiagnosed.append(f"{answer.name} (of {answer.rewrite_of}): {', '.join(names) or 'unknown'}")


def _names(exercise: Exercise, answer: Answer, wrongs: Sequence[Answer], library: Library) -> tuple[str, ...]:
    return diagnose(bank.verdicts(exercise, answer.function, library, 0), wrongs, exercise.reference).names

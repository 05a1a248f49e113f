"""What verifying found, as a table, as sentences and as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.table import Table

from autograder.verify import ExerciseProof

COLUMNS = (
    "right accepted",
    "wrong caught",
    "by checks",
    "mistake named",
    "in a rewrite",
    "mutants caught",
    "explained",
)


def table(homework: str, proofs: Sequence[ExerciseProof]) -> Table:
    """One row an exercise, and their sum."""
    found = Table(title=f"{homework}: the grader, graded")
    found.add_column("exercise")
    for column in COLUMNS:
        found.add_column(column, justify="right")
    for proof in proofs:
        found.add_row(proof.exercise, *_row([proof]))
    found.add_section()
    found.add_row("all", *_row(proofs))
    return found


def _row(proofs: Sequence[ExerciseProof]) -> list[str]:
    survivors = sum(len(p.survivors) for p in proofs)
    unexplained = sum(len(p.unexplained) for p in proofs)
    mutants, wrongs = sum(p.mutants for p in proofs), sum(p.wrongs for p in proofs)
    return [
        f"{sum(p.rights_accepted for p in proofs)} of {sum(p.rights for p in proofs)}",
        f"{sum(p.wrongs_caught for p in proofs)} of {wrongs}",
        f"{sum(p.catches * p.wrongs for p in proofs) / max(wrongs, 1):.1f}",
        f"{sum(p.diagnosed for p in proofs)} of {wrongs}",
        f"{sum(p.rewrites_diagnosed for p in proofs)} of {sum(p.rewrites for p in proofs)}",
        f"{mutants - survivors} of {mutants}",
        f"{survivors - unexplained} of {survivors}",
    ]


def findings(proofs: Sequence[ExerciseProof]) -> str:
    """What has to be mended, and what is worth a look, a line each."""
    lines = [message for proof in proofs for message in proof.misjudged]
    lines += [f"{p.exercise}: the check {check} catches nothing" for p in proofs for check in p.idle_checks]
    lines += [f"{s.exercise}: no check notices the mutant {s.change}" for p in proofs for s in p.unexplained]
    look = [f"{p.exercise}: taken for another mistake: {entry}" for p in proofs for entry in p.misdiagnosed]
    look += [
        f"{p.exercise}: caught by one check only: {', '.join(p.only_one_check)}" for p in proofs if p.only_one_check
    ]
    return "".join(f"{line}\n" for line in [*lines, *(f"note: {line}" for line in look)])


def as_json(homework: str, seeds: int, proofs: Sequence[ExerciseProof]) -> str:
    """Everything, for programs."""
    exercises = [asdict(proof) | {"green": proof.green} for proof in proofs]
    return json.dumps({"homework": homework, "seeds": seeds, "exercises": exercises}, indent=1) + "\n"

"""What verifying found, as a table, as sentences and as JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from rich.table import Table

from autograder.follow import Follow
from autograder.verify import ExerciseProof

COLUMNS = (
    "right accepted",
    "wrong caught",
    "by checks",
    "mistake named",
    "in a rewrite",
    "unknown if new",
    "mutants caught",
    "explained",
)


def table(homework: str, proofs: Sequence[ExerciseProof]) -> Table:
    """One row an exercise, and their sum."""
    return _table(f"{homework}: the grader, graded", "exercise", {proof.exercise: [proof] for proof in proofs})


def totals(homeworks: Mapping[str, Sequence[ExerciseProof]]) -> Table:
    """One row a homework, and their sum."""
    return _table("the grader, graded", "homework", homeworks)


def _table(title: str, what: str, rows: Mapping[str, Sequence[ExerciseProof]]) -> Table:
    found = Table(title=title)
    found.add_column(what)
    for column in COLUMNS:
        found.add_column(column, justify="right")
    for name, proofs in rows.items():
        found.add_row(name, *_row(proofs))
    found.add_section()
    found.add_row("all", *_row([proof for proofs in rows.values() for proof in proofs]))
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
        f"{sum(p.unknown_without_it for p in proofs)} of {wrongs}",
        f"{mutants - survivors} of {mutants}",
        f"{survivors - unexplained} of {survivors}",
    ]


def findings(proofs: Sequence[ExerciseProof]) -> str:
    """What has to be mended, and what is worth a look, a line each."""
    return lines(to_mend(proofs)) + lines(f"note: {line}" for line in worth_a_look(proofs))


def lines(found: Iterable[str]) -> str:
    """Text of one line each."""
    return "".join(f"{line.rstrip()}\n" for line in found)


def to_mend(proofs: Sequence[ExerciseProof]) -> list[str]:
    """What is not as it should be."""
    found = [message for proof in proofs for message in proof.misjudged]
    found += [_breaks(p, check, *noted) for p in proofs for check, noted in p.broken.items()]
    found += [f"{p.exercise}: the check {check} catches nothing" for p in proofs for check in p.idle_checks]
    return found + [f"{s.exercise}: no check notices the mutant {s.change}" for p in proofs for s in p.unexplained]


def _breaks(proof: ExerciseProof, check: str, raised: str, first: str, *others: str) -> str:
    more = f" and {len(others)} other answer{'' if len(others) == 1 else 's'}" if others else ""
    return f"{proof.exercise}: {check} breaks on {first}{more}: {raised}"


def worth_a_look(proofs: Sequence[ExerciseProof]) -> list[str]:
    """What may be as it should be."""
    found = [f"{p.exercise}: taken for another mistake: {entry}" for p in proofs for entry in p.misdiagnosed]
    found += [
        f"{p.exercise}: caught by one check only: {', '.join(p.only_one_check)}" for p in proofs if p.only_one_check
    ]
    return found + [f"{p.exercise}: caught at some seeds only: {', '.join(p.lucky)}" for p in proofs if p.lucky]


def verdict(count: int) -> str:
    """The last line."""
    return f"{count} thing{'' if count == 1 else 's'} to mend" if count else "everything is as it should be"


def follow_table(homework: str, found: Sequence[Follow]) -> Table:
    """What a mistake costs outside its own exercise."""
    shown = Table(title=f"{homework}: a mistake costs once")
    shown.add_column("one wrong answer to")
    for column in (
        "answers",
        "made later exercises fail",
        "cost there",
        "with a second mistake",
        "cost is not the sum",
        "right answers pass",
    ):
        shown.add_column(column, justify="right")
    for f in found:
        numbers = (f.answers, f.followed, len(f.costs_elsewhere), f.pairs, len(f.pairs_that_differ))
        graded = f"{f.rights - len(f.rights_refused)} of {f.rights}"
        shown.add_row(f.exercise, *map(str, numbers), graded)
    return shown


def follow_findings(found: Sequence[Follow]) -> str:
    """Every mistake that costs more than once, a line each."""
    return lines(costs(found))


def costs(found: Sequence[Follow]) -> list[str]:
    """Every mistake that costs more than once."""
    return [
        f"{f.exercise}: {line}" for f in found for line in (*f.rights_refused, *f.costs_elsewhere, *f.pairs_that_differ)
    ]


def as_json(
    homework: str,
    seeds: int,
    proofs: Sequence[ExerciseProof],
    followed: Sequence[Follow],
    notebook: Sequence[str] = (),
) -> str:
    """Everything, for programs."""
    exercises = [asdict(proof) | {"green": proof.green} for proof in proofs]
    content = {"homework": homework, "seeds": seeds, "exercises": exercises, "follow": [asdict(f) for f in followed]}
    content["notebook"] = list(notebook)
    return json.dumps(content, indent=1) + "\n"

"""The files made from a gradebook: grades.csv, the class's page, and below students/ two files for each student.

Each is whole or not there. What a student's page and JSON report hold is what that student may read; everything else
is the teacher's. Files of students who are no longer in the class are removed.
"""

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder import class_page, exports, pages
from autograder.assignment import Assignment
from autograder.errors import KitError
from autograder.gradebook import StudentResult

STUDENTS = "students"
LONGEST_STEM = 80  # bytes; with a suffix, below what any file system allows
RESERVED = re.compile(r"class|(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # Windows keeps these for devices


def write(results: Sequence[StudentResult], loaded: Assignment, out: Path) -> None:
    """Write grades.csv, class.html and a pair of files for each student, in students/, into `out`.

    Raises:
        KitError: they cannot be written there.
    """
    stems = file_stems(result.student for result in results)
    links = {student: f"{STUDENTS}/{stem}.html" for student, stem in stems.items()}
    write_text(out / "grades.csv", exports.grades_csv(results))
    write_text(out / "class.html", class_page.class_page(results, loaded.name, pages.sources(loaded), links))
    for result in results:
        stem = stems[result.student]
        write_text(out / STUDENTS / f"{stem}.json", student_json(result))
        write_text(out / STUDENTS / f"{stem}.html", pages.student_page(result, loaded.name))
    _remove_stale(out / STUDENTS, set(stems.values()))
    _remove_stale(out, set())  # where the pairs lay before they had a folder of their own


def student_json(result: StudentResult) -> str:
    """What a student may read: the report, the score after adjustments, and these with their reasons."""
    content = dict(result.published or {"problem": result.problem, "points": result.points})
    content |= {"score": result.score, "adjustments": [_decision(one) for one in result.adjustments]}
    return json.dumps(content, indent=1, ensure_ascii=True) + "\n"


def file_stems(students: Iterable[str]) -> dict[str, str]:
    """A safe file name, without suffix, for each student.

    Letters and digits of any script, `.`, `-` and `_` stay; a slash becomes `__`. A name that had to be changed in
    another way, or that a file system could take for another student's, ends in `~` (which no other name holds) and a
    piece of its hash.
    """
    plain = {student: _plain(student) for student in students}
    folded = Counter(stem.casefold() for stem in plain.values())
    return {
        student: stem if stem == student.replace("/", "__") and folded[stem.casefold()] == 1 else _hashed(student, stem)
        for student, stem in plain.items()
    }


def write_text(path: Path, text: str) -> None:
    """Replace the content of a file; whoever looks finds the old one or the new one, never a part."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.unfinished")
        unfinished.write_bytes(text.encode())
        unfinished.replace(path)
    except OSError as error:
        problem = f"{path} cannot be written ({error.strerror})"
        raise KitError(f"{problem}. The grades are safe: give the same command again, or another --out") from error


def _remove_stale(folder: Path, current: Collection[str]) -> None:
    """Remove the pairs of students who are not in the class any more; a file that is not ours stays."""
    for report in folder.glob("*.json"):
        if report.stem not in current and _is_ours(report):
            report.unlink(missing_ok=True)
            report.with_name(f"{report.stem}.html").unlink(missing_ok=True)


def _is_ours(report: Path) -> bool:
    """Whether `student_json` wrote it."""
    try:
        content = json.loads(report.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(content, dict) and {"score", "points", "problem", "adjustments"} <= content.keys()


def _decision(adjustment: Any) -> Mapping[str, str]:
    return {"exercise": adjustment.exercise, "change": adjustment.change, "reason": adjustment.reason}


def _plain(student: str) -> str:
    name = unicodedata.normalize("NFC", student).replace("/", "__")
    kept = "".join(c if c.isalnum() or c in "._-" else "_" for c in name)
    stem = kept.encode()[:LONGEST_STEM].decode("utf-8", "ignore").strip(".")
    return f"_{stem}" if not stem or RESERVED.fullmatch(stem) else stem


def _hashed(student: str, stem: str) -> str:
    return f"{stem}~{hashlib.sha256(student.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"

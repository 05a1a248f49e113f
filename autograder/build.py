"""Builds a homework: from the master, the answer key and the checks to both notebooks and the students' tests.

Everything that is generated is text made from other text, the same on every machine. Either all of it is written or,
if the author made mistakes, nothing is and all mistakes are reported together.
"""

from pathlib import Path

from autograder import bundle, draft, notebook, otter_tests
from autograder.homework import ROOT, Homework, find

REQUIREMENTS = ("numpy>=2.0", "matplotlib>=3.8", "otter-grader>=6.1")
KERNEL, FRONT_END = "ipykernel>=6.29", "jupyterlab>=4.0"  # what opens the notebook: VS Code needs the first alone


def build(name_or_path: str | Path, root: Path = ROOT) -> list[Path]:
    """Write a homework's generated files and give their paths.

    Raises:
        AuthorErrors: every mistake that was found, with file and line; then nothing was written.
    """
    homework = find(name_or_path, root)
    files = generate(homework)
    for stale in {*homework.notebook.parent.glob("tests/*.py")} - set(files):
        stale.unlink()
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    return list(files)


def generate(homework: Homework) -> dict[Path, str]:
    """The text of every generated file of a homework by its path. Writes nothing."""
    read = draft.read(homework)
    source = (homework.folder / "public.py").read_text("utf-8")
    files = {
        homework.notebook: notebook.student(read),
        homework.notebook.parent / "requirements.txt": _requirements(),
        homework.solution_notebook: notebook.solution(read),
    }
    for cell in read.master.exercises:
        public = [check for check in read.parts.public if check.exercise == cell.exercise]
        path = homework.notebook.parent / "tests" / f"{cell.exercise}.py"
        files[path] = otter_tests.render(cell.exercise, public, source, homework.name)
    return files


def student_zip(homework: Homework, folder: Path) -> Path:
    """Write the students' folder of a built homework as one zip into `folder` and give its path."""
    own = homework.notebook.parent
    paths = [homework.notebook, own / "requirements.txt", *own.glob("tests/*.py")]
    path = folder / f"{homework.name}-student.zip"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bundle.zipped({p.relative_to(own).as_posix(): p.read_bytes() for p in paths}))
    return path


def _requirements() -> str:
    return "\n".join(["# Generated; do not edit.", *REQUIREMENTS, KERNEL, FRONT_END, ""])

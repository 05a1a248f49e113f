"""Where the homeworks lie, and what their files are called."""

import re
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import AuthorError, did_you_mean

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Homework:
    """A homework's name and where its files lie."""

    name: str
    root: Path

    @property
    def short(self) -> str:
        """The first part of the name, hw3 of hw3_backprop."""
        return self.name.split("_")[0]

    @property
    def folder(self) -> Path:
        """The public half."""
        return self.root / "assignments" / self.name

    @property
    def solutions(self) -> Path:
        """The private half."""
        return self.root / "solutions" / self.name

    @property
    def notebook(self) -> Path:
        """What students get."""
        return self.folder / "student" / f"{self.short}.ipynb"

    @property
    def solution_notebook(self) -> Path:
        """The same with every answer."""
        return self.solutions / f"{self.short}_solution.ipynb"


def find_homeworks(root: Path = ROOT) -> list[Homework]:
    """All homeworks below `root`, in the order of their numbers."""
    found = [Homework(path.name, root) for path in (root / "assignments").glob("hw*") if path.is_dir()]
    return sorted(found, key=lambda homework: (int(re.sub(r"\D", "", homework.short) or 0), homework.name))


def find(name_or_path: str | Path, root: Path = ROOT) -> Homework:
    """The homework of that name, short name or folder (either half of it)."""
    name = Path(name_or_path).name
    known = {word: homework for homework in find_homeworks(root) for word in (homework.short, homework.name)}
    if name not in known:
        hint = did_you_mean(name, known) or f"; there are: {', '.join(known) or 'none'}"
        raise AuthorError(f"no homework {name} in {root / 'assignments'}{hint}")
    return known[name]

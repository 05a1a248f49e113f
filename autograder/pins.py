"""A part of a lock: the packages that grading imports and what these need, with all their hashes and markers."""

import re
from collections.abc import Iterable, Mapping

from autograder.errors import AuthorError

# What each package needs, over all Pythons of the lock; a test compares it with what the packages say of themselves.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "matplotlib": (
        *("contourpy", "cycler", "fonttools", "kiwisolver", "numpy", "packaging", "pillow", "pyparsing"),
        "python-dateutil",
    ),
    "contourpy": ("numpy",),
    "python-dateutil": ("six", "tzdata"),
    "rich": ("markdown-it-py", "pygments"),
    "markdown-it-py": ("mdurl",),
}
DISTRIBUTIONS = {"yaml": "pyyaml", "dateutil": "python-dateutil", "mpl_toolkits": "matplotlib"}
BLOCK = re.compile(r"^([A-Za-z0-9._-]+)==.*(?:\n[ \t].*)*", re.MULTILINE)


def pinned(lock: str, packages: Iterable[str]) -> str:
    """The lines of `lock` for the `packages` (names as they are imported) and everything they need.

    Raises:
        AuthorError: the lock lacks one of them.
    """
    wanted = closure(DISTRIBUTIONS.get(package, package) for package in packages)
    blocks = [match for match in BLOCK.finditer(lock) if match[1] in wanted]
    missing = wanted - {match[1] for match in blocks}
    if missing:
        raise AuthorError(f"requirements.lock does not pin {', '.join(sorted(missing))}; run `make locks`")
    return "".join(f"{match[0]}\n" for match in blocks)


def closure(names: Iterable[str]) -> set[str]:
    """The names and everything they need."""
    found, waiting = set[str](), list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += NEEDS.get(name, ())
    return found

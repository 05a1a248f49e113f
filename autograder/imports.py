"""What a set of modules imports, found by reading their text: files of the kit, and packages of others.

Imports inside functions count as well. What is imported by a name that is made up at run time is not seen.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Imports:
    """Files below the root that was searched, and the top-level names of packages that lie elsewhere."""

    files: frozenset[Path]
    packages: frozenset[str]


def follow(modules: Iterable[str], root: Path, loose: Iterable[Path] = ()) -> Imports:
    """Everything that `modules`, and the `loose` files, import directly or through each other.

    Args:
        modules: dotted names of modules below `root`.
        root: the folder that is on the path.
        loose: files that are no modules of a package below `root`; they are read and not listed.
    """
    files, packages, seen = set[Path](), set[str](), set[str]()
    waiting = [*modules, *(name for path in loose for name in _imported(path, ""))]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        path = _file(name, root)
        if path is None:
            packages |= _foreign(name, root)
            continue
        files.add(path)
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        waiting += [package] * bool(package) + list(_imported(path, package))
    return Imports(frozenset(files), frozenset(packages))


def _file(name: str, root: Path) -> Path | None:
    stem = root.joinpath(*name.split("."))
    return next((path for path in (stem.with_suffix(".py"), stem / "__init__.py") if path.is_file()), None)


def _foreign(name: str, root: Path) -> set[str]:
    """The package of a name that is no file: none for what a module of ours defines, or the standard library has."""
    top = name.split(".")[0]
    return set() if top in sys.stdlib_module_names or _file(top, root) or (root / top).is_dir() else {top}


def _imported(path: Path, package: str) -> Iterator[str]:
    """Every name that could be a module: `from a import b` gives a and a.b."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from _from(node, package)


def _from(node: ast.ImportFrom, package: str) -> Iterator[str]:
    if node.level and not package:
        return  # the homework's own files, which are not imported from the root
    parts = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    module = ".".join([*parts, *filter(None, [node.module])])
    yield module
    yield from (f"{module}.{alias.name}" for alias in node.names if alias.name != "*")

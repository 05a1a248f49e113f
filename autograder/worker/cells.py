"""A notebook cell as plain Python: magics that only decorate are taken out, and what was dropped is said.

This runs in the worker, on the student's own code: nothing here has to be safe, only kind.
"""

import re
from types import CodeType

FAULTS = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)  # of text that is no Python
STATEMENT_MAGICS = {"time", "timeit", "prun"}  # `%time f(x)` still runs f(x)
CELL_MAGICS = {"time", "timeit", "capture", "prun"}  # `%%time` still runs the cell
MAGIC = re.compile(r"^(\s*)(%|!|\?)(.*)$")
ASSIGNED_MAGIC = re.compile(r"^\s*[\w, ]+=\s*[!%].*$")
HOUSEKEEPING = re.compile(  # of the notebook that students work in; left out here without a word
    r"^\s*[%!]\s*(matplotlib|((python3? -m|uv) )?pip3?|conda|mamba|load_ext|autoreload|config|ls|pwd|clear|unzip)\b"
)
HELP = re.compile(r"^\s*[\w.]+\?{1,2}\s*$")


def compiled(source: str, name: str) -> tuple[CodeType, str, list[str]]:
    """The code of a cell, its text without magics, and the lines that were dropped; raises what `compile` raises."""
    try:
        return compile(source, name, "exec"), source, []
    except FAULTS:
        plain, dropped = plain_python(source)
        return compile(plain, name, "exec"), plain, dropped


def plain_python(source: str) -> tuple[str, list[str]]:
    """The cell without magics, and the lines that were dropped. Line numbers stay as they were."""
    if _compiles(source):
        return source, []
    first, _, rest = source.lstrip("\n").partition("\n")
    if first.startswith("%%"):
        if first[2:].split(" ")[0].strip() in CELL_MAGICS:
            return plain_python("\n" + rest)[0], []
        return "", [first]
    return _without_line_magics(source)


def _without_line_magics(source: str) -> tuple[str, list[str]]:
    lines, dropped = [], []
    for line in source.split("\n"):
        magic = MAGIC.match(line)
        if magic and magic[2] == "%" and magic[3].split(" ")[0] in STATEMENT_MAGICS:
            lines.append(magic[1] + (magic[3].partition(" ")[2].strip() or "pass"))
        elif magic or HELP.match(line) or ASSIGNED_MAGIC.match(line):
            lines.append((magic[1] if magic else "") + "pass")
            if not HOUSEKEEPING.match(line):
                dropped.append(line.strip()[:100])
        else:
            lines.append(line)
    plain = "\n".join(lines)
    return (plain, dropped) if _compiles(plain) else (source, [])


def _compiles(source: str) -> bool:
    try:
        compile(source, "<cell>", "exec")
    except FAULTS:
        return False
    return True

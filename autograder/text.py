"""Text of a submission made harmless: cut, without control and bidirectional characters, marked for its medium."""

import unicodedata
from collections.abc import Iterable

KEPT = "\n\t"
UNWANTED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # control, format (bidi), surrogates, unassigned, separators
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last: full-width


def plain(text: str, limit: int = 2_000) -> str:
    """`text` cut to `limit` characters, without control, format (bidi) and surrogate characters."""
    kept = "".join(c for c in text[:limit] if c in KEPT or unicodedata.category(c) not in UNWANTED)
    return kept + (" ..." if len(text) > limit else "")


def one_line(text: str, limit: int = 200) -> str:
    """`plain` text on a single line."""
    return " ".join(plain(text, limit).split())


def spreadsheet_cell(text: str, limit: int = 200) -> str:
    """`one_line` text that no spreadsheet takes for a formula."""
    line = one_line(text, limit)
    return "'" + line if line.startswith(FORMULA_STARTS) else line


def few(names: Iterable[str], most: int = 10) -> str:
    """The first of the names in order, harmless, and how many more there are."""
    listed = sorted(names)
    shown = ", ".join(one_line(name, 40) for name in listed[:most])
    return f"{shown} and {len(listed) - most} more" if len(listed) > most else shown


def plural(count: int, word: str) -> str:
    """`1 student`, `2 students`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"

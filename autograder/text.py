"""Text of a submission made harmless: cut, without control and bidirectional characters, marked for its medium."""

import unicodedata

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


def spreadsheet_cell(text: str) -> str:
    """`one_line` text that no spreadsheet takes for a formula."""
    line = one_line(text)
    return "'" + line if line.startswith(FORMULA_STARTS) else line

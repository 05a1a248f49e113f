"""Files that are no honest notebooks, and names that are no honest names: the trusted side reads these itself."""

# ruff: noqa: E501, S108  one attack a line, as in a table; the paths are what is attacked

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

from attacks.attack import Attack
from attacks.specimen import notebook

FULL = 4.0  # the points of `double`


def _raw(data: "bytes | Callable[[], bytes]") -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(data if isinstance(data, bytes) else data())

    return write


def _changed(**changes: object) -> Callable[[Path], None]:
    """An honest notebook with other keys."""
    return _raw(lambda: json.dumps(json.loads(notebook()) | changes).encode())


def _cells(*sources: object, also_honest: bool = True) -> Callable[[Path], None]:
    """An honest notebook with further cells in front."""

    def data() -> bytes:
        content = json.loads(notebook())
        more = [{"cell_type": "code", "source": source, "metadata": {}, "outputs": []} for source in sources]
        return json.dumps(content | {"cells": more + (content["cells"] if also_honest else [])}).encode()

    return _raw(data)


def _sparse(size: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return write


def _zipped(entries: "dict[str, bytes]") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def _many_checks() -> bytes:
    names = "".join(f'grader.check("x{n}")\n' for n in range(300_000))
    content = json.loads(notebook())
    cells = [{"cell_type": "code", "source": source, "metadata": {}, "outputs": []} for source in [names] + ["0"] * 300]
    return json.dumps(content | {"cells": content["cells"] + cells}).encode()


def intake(
    name: str, tries: str, file: Callable[[Path], None], problem: str = "", earns: float = 0.0, **rest: object
) -> Attack:
    """An attack whose weapon is the file itself."""
    return Attack(name, "intake", tries, file=file, problem=problem, earns=earns, **rest)  # type: ignore[arg-type]


def _named(name: str, tries: str, called: str, **rest: object) -> Attack:
    """An honest notebook with a dishonest name."""
    return intake(name, tries, _raw(lambda: notebook().encode()), called=called, earns=FULL, **rest)


BIDI = "ada\u202egpj.\u2066txt\u2069\u200b.ipynb"
ATTACKS = [
    intake("an essay", "no JSON", _raw(b"Dear grader"), "not a notebook", smoke=True),
    intake("nothing", "an empty file", _raw(b""), "empty"),
    intake("deep JSON", "lists in lists, for a parser that recurses", _raw(b'{"cells":' + b"[" * 10**6), "deeply", smoke=True),
    intake("deep JSON that is closed", "the same, balanced", _raw(b'{"nbformat": 4, "cells": [], "metadata": ' + b"[" * 10**5 + b"]" * 10**5 + b"}"), "deeply"),
    intake("300 MB", "a sparse file", _sparse(300 * 2**20), "300 MB", smoke=True),
    intake("many small things", "20 MB of JSON that need 20 times as much in memory", _raw(lambda: b'{"nbformat": 4, "cells": [], "x": [' + b"[]," * 6_900_000 + b"1]}"), "too many lists"),
    intake("format 3", "an old notebook", _changed(nbformat=3), "old format"),
    intake("format 2**60", "a notebook of the future", _changed(nbformat=2**60), "newer"),
    intake("a format that is no number", "a list", _changed(nbformat=[4]), earns=FULL),
    intake("UTF-16", "another encoding", _raw("\ufeff{}".encode("utf-16-le")), "UTF-16"),
    intake("a zip archive", "a bomb of 1 GB in a file", _raw(lambda: _zipped({"hw.ipynb": bytes(10**8)})), "zip archive", smoke=True),
    intake("a zip archive with a way out", "names that lead to other folders", _raw(lambda: _zipped({"../../$MARK": b"x", "/tmp/x": b"x"})), "zip archive"),
    intake("lone surrogates", "text that cannot be written", _raw(lambda: notebook(before=("x = 'HERE'",)).replace("HERE", "\\ud800").encode()), earns=FULL, smoke=True),
    intake("NUL in a source", "a character that ends text in C", _cells("x = '\0'"), earns=FULL),
    intake("sources that are dictionaries", "wrong types", _cells({"a": "b"}), "damaged"),
    intake("sources that are lists of numbers", "wrong types", _cells([1, 2]), "damaged"),
    intake("cells that are text", "wrong types", _changed(cells=["x"]), "damaged"),
    intake("500 cells", "each of them goes to the worker and back", _cells(*["x = 1"] * 500), earns=FULL),
    intake("150,000 cells", "more than are allowed", _cells(*["x"] * 150_000), "cells; at most"),
    intake("a line of 5 MB", "a source that is one line", _cells("#" + "x" * 5_000_000), earns=FULL),
    intake("a cell of empty lines", "100,000 of them, for a search that starts anew at each", _cells("\n" * 100_000), earns=FULL, smoke=True),
    intake("a cell of blanks", "the same with blanks", _cells(" " * 3_000_000), earns=FULL),
    intake("300,000 checks and 300 cells", "names to be looked at again for each cell", _raw(_many_checks), earns=FULL),
    intake("checks of exercises that do not exist", "names", _cells("grader.check('__class__')\ngrader.check('..')\ngrader.check('double.x')"), earns=FULL),
    intake("an enormous number", "digits without end", _raw(b'{"nbformat": 4, "cells": ' + b"9" * 10**6 + b"}"), "JSON"),
    intake("duplicate keys", "which list of cells counts", _raw(b'{"nbformat": 4, "cells": [], "cells": [{"cell_type": "code", "source": "x"}]}')),
    intake("another language", "a kernel that is not Python", _changed(metadata={"kernelspec": {"language": "R"}}), "another language"),
    intake("metadata that is no dictionary", "wrong types", _changed(metadata=[1]), earns=FULL),
    intake("a link to the key", "a file that is elsewhere", lambda path: path.symlink_to("/etc/hostname"), "not a file", smoke=True),
    intake("a pipe", "a file that is never read to its end", lambda path: os.mkfifo(path), "not a file"),
    intake("a folder", "no file at all", lambda path: path.mkdir(), "not a file"),
    _named("a formula as name", "for whoever opens the grades in a spreadsheet", '=HYPERLINK("http:x","y").ipynb', smoke=True),
    _named("colours in a name", "escape sequences for a terminal", "\x1b[2J\x1b]0;x\x07\x9b31m.ipynb", smoke=True),
    _named("markup in a name", "for whoever opens the page", "<script>alert(1)<!--'\".ipynb"),
    _named("a name that is read backwards", "bidirectional characters", BIDI),
    _named("a name of two lines", "a line of its own in a report", "ada\n  double 4\u20444.ipynb"),
    intake("a folder with a name of two lines", "a line of its own in a report", lambda path: path.mkdir(), "not a file", called="ada\n  double 4\u20444.ipynb"),
    intake("markup and colours in output and errors", "in every place that takes text", _cells("print('\\x1b[2J<img>')", "raise ValueError('\\x1b[31m<script>\\u202e\\n  double 4/4')"), earns=FULL, smoke=True),
    intake("magics that do something", "shell and file magics", _cells("!touch /tmp/$MARK\n%%writefile x\n%run x.py\n!!ls", "%%bash\ntouch /tmp/$MARK"), earns=FULL),
]  # fmt: skip

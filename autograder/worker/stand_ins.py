"""What notebooks use of Jupyter, and what does nothing here: otter's self-checks, rich output, progress bars.

In a student's Jupyter these are there, and answers do not depend on them. They are put in place whether the real
packages are installed or not, so that a notebook runs the same on every machine that grades it.
"""

import builtins
import sys
import types
from collections.abc import Iterable
from typing import Any

DISPLAYS = "display HTML Markdown Latex Math Image SVG clear_output set_matplotlib_formats"


class Anything:
    """Can be called, and has every attribute; nothing happens."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take any argument."""

    def __call__(self, *args: Any, **kwargs: Any) -> "Anything":
        """Take any argument."""
        return self

    def __getattr__(self, name: str) -> "Anything":
        """Any method; not Python's own, by which numpy and others ask what an object is."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self


class Progress(Anything):
    """tqdm: the things to go through, without a bar."""

    def __init__(self, things: Iterable[Any] = (), *args: Any, **kwargs: Any) -> None:
        """Keep what is gone through."""
        self.things = things

    def __iter__(self) -> Any:
        """Go through it."""
        return iter(self.things)

    def __enter__(self) -> "Progress":
        """As tqdm."""
        return self

    def __exit__(self, *error: object) -> None:
        """As tqdm."""


def install() -> None:
    """Put the stand-ins where imports find them, and `display` and `get_ipython` where notebooks have them."""
    displays = dict.fromkeys(DISPLAYS.split(), Anything)
    _module("otter", Notebook=Anything)
    jupyter = {"get_ipython": Anything, "version_info": (9, 0, 0)}  # matplotlib asks for the version
    _module("IPython", display=_module("IPython.display", **displays), **jupyter)
    for name in ("tqdm", "tqdm.auto", "tqdm.notebook"):
        _module(name, tqdm=Progress, trange=lambda *args, **kwargs: Progress(range(*args)))
    vars(builtins).update(display=Anything, get_ipython=Anything)


def _module(name: str, **attributes: Any) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__path__ = []
    vars(module).update(attributes)
    sys.modules[name] = module
    return module

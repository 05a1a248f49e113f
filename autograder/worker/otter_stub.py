"""What `import otter` gives in a worker: the student's own self-checks do nothing here, the real ones follow."""

import sys
import types
from typing import Any


class Notebook:
    """Accepts everything that otter's `Notebook` does, and does nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take any argument."""

    def __getattr__(self, name: str) -> Any:
        """Any method: check, check_all, export, ..."""
        return lambda *args, **kwargs: None


def install() -> None:
    """Put the stand-in where `import otter` finds it."""
    module = types.ModuleType("otter")
    module.Notebook = Notebook  # type: ignore[attr-defined]
    sys.modules["otter"] = module

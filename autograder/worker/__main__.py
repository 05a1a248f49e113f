"""Entry of the zygote: `python -I .../worker/__main__.py CONTROL_FD LAYER...`, with nothing of ours on the path."""

import importlib.util
import sys
from pathlib import Path


def _load_package() -> None:
    """Import this folder as the package `worker` without putting its parent on sys.path."""
    folder = Path(__file__).resolve().parent
    spec = importlib.util.spec_from_file_location(
        "worker", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None  # noqa: S101  the file is the one we run from
    assert spec.loader is not None  # noqa: S101
    package = importlib.util.module_from_spec(spec)
    sys.modules["worker"] = package
    spec.loader.exec_module(package)


if __name__ == "__main__":
    _load_package()
    from worker import zygote  # type: ignore[import-not-found]  # loaded a line above

    zygote.main(int(sys.argv[1]), sys.argv[2:])

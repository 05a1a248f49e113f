"""What the numbers were measured on."""

import os
import platform
import re
from datetime import datetime, timezone
from pathlib import Path

import numpy as np

from autograder import isolation


def description() -> list[tuple[str, str]]:
    """Rows of a table."""
    return [
        ("date", datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")),
        ("processor", f"{_found('/proc/cpuinfo', r'model name.*: (.*)')}, {cores()} cores"),
        ("memory", f"{int(_found('/proc/meminfo', r'MemTotal: *([0-9]+)') or 0) / 2**20:.0f} GB"),
        ("kernel", f"{platform.system()} {platform.release()}"),
        ("Python, numpy", f"{platform.python_version()}, {np.__version__}"),
        ("user", "root" if os.geteuid() == 0 else "ordinary user"),
        ("isolation", str(isolation.choose(isolation.this_machine(), trust=True))),
    ]


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0))


def load() -> float:
    """Processes that wanted to run, on average over the last minute."""
    return os.getloadavg()[0]


def _found(path: str, pattern: str) -> str:
    match = re.search(pattern, Path(path).read_text("utf-8"))
    return match[1].strip() if match else ""

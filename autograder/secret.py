"""The instructor's secret of a homework, from which the seeds of hidden checks are made."""

import os
import secrets
import tempfile
from pathlib import Path

from autograder.errors import KitError

BYTES = 32


def read_or_make(folder: Path) -> bytes:
    """The secret that lies in `folder`; made once, readable to its owner alone, and never changed afterwards."""
    path = folder / "secret"
    try:
        if not path.exists():
            _make(path)
        secret = bytes.fromhex(path.read_text("ascii"))
    except OSError as error:
        raise KitError(f"the secret {path} cannot be read or made ({error.strerror})") from error
    except ValueError:
        secret = b""
    if len(secret) != BYTES:
        raise KitError(f"{path} holds no secret ({2 * BYTES} hexadecimal digits); restore it, or delete it")
    return secret


def _make(path: Path) -> None:
    """Written elsewhere and linked to its name: whole or not there, and the first of two runs wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, made = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # mode 0600
    try:
        with open(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.link(made, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(made)

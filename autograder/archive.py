"""Files in folders and in zip archives, without trusting either: nothing is followed, nothing is named by its sender.

A zip is hostile until shown otherwise. Its directory is looked at before it is parsed, sizes are checked as declared
and as unpacked, and what is unpacked (notebooks, and what the caller asks for) lands under our own names in a private
folder. A fault of one member is a sentence in `File.problem`; only an archive that cannot be used at all raises.
"""

import os
import re
import stat
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from autograder.errors import SubmissionError
from autograder.limits import Limits
from autograder.submission import HAND_IN
from autograder.text import one_line

DEPTH = 8
CHUNK = 2**16
END_OF_DIRECTORY, ZIP64_LOCATOR = b"PK\x05\x06", b"PK\x06\x07"
DIRECTORY_BYTES_PER_ENTRY = 4096  # a name and its extra fields; honest ones take about 100
SMALL_PRINT = re.compile(r"^(\.(?!\.$)|__MACOSX$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
UNUSABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)


@dataclass(frozen=True)
class File:
    """A file as its sender named it (`parts`), where it lies now (None if it is not usable), and why not."""

    parts: tuple[str, ...]
    path: Path | None
    modified: float = 0.0
    problem: str = ""

    @property
    def name(self) -> str:
        """The last part, as it was sent."""
        return self.parts[-1]

    @property
    def suffix(self) -> str:
        """The name's ending in lower case, with its dot."""
        return os.path.splitext(self.name)[1].lower()


@dataclass(frozen=True)
class Bounds:
    """What an archive may hold, and which of its files are unpacked."""

    entries: int
    total_bytes: int
    notebook_bytes: int
    zip_bytes: int
    wanted: tuple[str, ...] = (".ipynb",)
    large: bool = False

    @classmethod
    def student(cls, limits: Limits) -> "Bounds":
        """For what a student hands in: archives in it are not unpacked."""
        return cls(limits.zip_entries, limits.zip_bytes, limits.notebook_bytes, 0)

    @classmethod
    def platform(cls, limits: Limits) -> "Bounds":
        """For the download of a whole class, in which a student's file may be a zip."""
        wanted = (".ipynb", ".zip", ".yml")
        return cls(100_000, 8 * 2**30, limits.notebook_bytes, limits.zip_bytes, wanted, large=True)

    def of(self, file: File) -> int:
        """The most bytes that one file may have."""
        return self.zip_bytes if file.suffix == ".zip" else self.notebook_bytes


def walk(folder: Path) -> list[File]:
    """The files below `folder`, in the order of their names; links are named and not followed."""
    return sorted(_walk(folder, ()), key=lambda file: file.parts)


def _walk(folder: Path, above: tuple[str, ...]) -> Iterator[File]:
    for item in os.scandir(folder):
        parts, path = (*above, item.name), Path(item.path)
        if SMALL_PRINT.match(item.name):
            continue
        if item.is_symlink():
            yield File(parts, None, problem=f"{one_line(item.name, 60)} is a link, not a file. {HAND_IN}")
        elif item.is_dir() and len(parts) < DEPTH:
            yield from _walk(path, parts)
        elif item.is_file():
            yield File(parts, path, item.stat().st_mtime)


def unpack(archive: Path, into: Path, bounds: Bounds) -> list[File]:
    """The files of a zip; those wanted are unpacked into the folder `into`, which is made for its owner alone.

    Raises:
        SubmissionError: the archive cannot be used; the text says why and what to hand in instead.
    """
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        if not bounds.large:
            _require_small(archive, bounds)
        with zipfile.ZipFile(archive) as opened:
            members = [member for member in opened.infolist() if not member.filename.endswith("/")]
            _require_bounds(members, bounds)
            return list(_unpacked(opened, members, into, bounds))
    except UNUSABLE as error:
        raise SubmissionError(f"The zip archive cannot be read ({one_line(str(error), 80)}). {HAND_IN}") from error


def _require_small(archive: Path, bounds: Bounds) -> None:
    """Refuse a directory that would take much memory to parse, before `zipfile` parses it."""
    if archive.stat().st_size > bounds.total_bytes:
        raise SubmissionError(f"The zip archive is larger than the {_mb(bounds.total_bytes)} allowed. {HAND_IN}")
    with archive.open("rb") as file:
        tail = _tail(file)
    end = len(tail) - 22 if tail[-22:-18] == END_OF_DIRECTORY and tail[-2:] == b"\0\0" else tail.rfind(END_OF_DIRECTORY)
    if end < 0 or len(tail) < end + 22:
        raise SubmissionError(f"The file ends in .zip but is no zip archive. {HAND_IN}")
    if tail[max(end - 20, 0) : end].startswith(ZIP64_LOCATOR):
        raise SubmissionError(f"The zip archive has the form for huge archives (zip64). {HAND_IN}")
    if struct.unpack("<L", tail[end + 12 : end + 16])[0] > bounds.entries * DIRECTORY_BYTES_PER_ENTRY:
        raise SubmissionError(f"The zip archive holds more than the {bounds.entries} files allowed. {HAND_IN}")


def _tail(file: IO[bytes]) -> bytes:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - 2**16 - 42, 0))
    return file.read()


def _require_bounds(members: list[zipfile.ZipInfo], bounds: Bounds) -> None:
    if len(members) > bounds.entries:
        raise SubmissionError(f"The zip archive holds {len(members)} files; at most {bounds.entries} fit. {HAND_IN}")
    total = sum(member.file_size for member in members)
    if total > bounds.total_bytes:
        raise SubmissionError(
            f"The zip archive unpacks to {_mb(total)}, more than the {_mb(bounds.total_bytes)} allowed. {HAND_IN}"
        )


def _unpacked(opened: zipfile.ZipFile, members: list[zipfile.ZipInfo], into: Path, bounds: Bounds) -> Iterator[File]:
    left = bounds.total_bytes
    for number, member in enumerate(members):
        file = File(_parts(member.filename), None, _modified(member), _fault(member))
        if any(SMALL_PRINT.match(part) for part in file.parts):
            continue
        if not file.problem and file.suffix in bounds.wanted:
            file = _extracted(opened, member, file, into / f"{number:06}{file.suffix}", min(left, bounds.of(file)))
            left -= file.path.stat().st_size if file.path else 0
        yield file


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[\\/]", name) if part not in ("", ".")) or ("nameless",)


def _fault(member: zipfile.ZipInfo) -> str:
    """Why a member is not touched, or nothing."""
    name, kind = one_line(member.filename, 60), stat.S_IFMT(member.external_attr >> 16)
    parts = _parts(member.filename)
    if ".." in parts or re.match(r"[\\/]|[A-Za-z]:", member.filename) or len(parts) > DEPTH:
        return f"The zip archive holds a file whose place is outside of it ({name}). {HAND_IN}"
    if kind not in (0, stat.S_IFREG):
        return f"In the zip archive, {name} is a link or a device, not a file. {HAND_IN}"
    if member.flag_bits & 0x1:
        return f"In the zip archive, {name} is locked with a password. {HAND_IN}"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return f"In the zip archive, {name} is packed in an unusual way. {HAND_IN}"
    return ""


def _extracted(opened: zipfile.ZipFile, member: zipfile.ZipInfo, file: File, target: Path, allowed: int) -> File:
    """Unpack one member; it is read only as far as it may go, whatever size it declares."""
    name = one_line(file.name, 60)
    try:
        with opened.open(member) as source, open(target, "wb", opener=_private) as kept:
            if not _copied(source, kept, allowed):
                target.unlink()
                return File(
                    file.parts, None, file.modified, f"{name} is larger than the {_mb(allowed)} allowed. {HAND_IN}"
                )
    except UNUSABLE:
        target.unlink(missing_ok=True)
        return replace(file, problem=f"In the zip archive, {name} is damaged. {HAND_IN}")
    return replace(file, path=target)


def _copied(source: IO[bytes], kept: IO[bytes], allowed: int) -> bool:
    left = allowed
    while chunk := source.read(CHUNK):
        left -= len(chunk)
        if left < 0:
            return False
        kept.write(chunk)
    return True


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)


def _modified(member: zipfile.ZipInfo) -> float:
    try:
        return time.mktime((*member.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return 0.0


def _mb(size: int) -> str:
    return f"{size / 2**20:.0f} MB"

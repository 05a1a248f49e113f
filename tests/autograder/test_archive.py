"""Zips from strangers: everything usable comes out under our own names, everything else is a sentence."""

import contextlib
import io
import os
import stat
import struct
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import archive
from autograder.archive import Bounds
from autograder.errors import SubmissionError
from autograder.limits import Limits

NOTEBOOK = b'{"cells": [], "nbformat": 4}'
LIMITS = Limits()


def zipped(*members, **options):
    """The bytes of a zip; a member is a name or `ZipInfo`, and its content."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as opened:
        warnings.simplefilter("ignore")  # the same name twice is wanted
        for name, content in members:
            opened.writestr(name, content)
    return out.getvalue()


def unpacked(tmp_path, data, bounds=None):
    """What comes out of the bytes of a zip."""
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    return archive.unpack(path, tmp_path / "into", bounds or Bounds.student(LIMITS))


def test_notebooks_come_out_and_other_files_are_only_named(tmp_path):
    """A notebook is unpacked byte for byte; a PDF beside it is listed and stays packed."""
    files = unpacked(tmp_path, zipped(("work/hw3.ipynb", NOTEBOOK), ("work/hw3.pdf", b"%PDF")))

    assert [file.parts for file in files] == [("work", "hw3.ipynb"), ("work", "hw3.pdf")]
    assert files[0].path.read_bytes() == NOTEBOOK
    assert files[1].path is None


def test_the_folder_and_its_files_belong_to_their_owner_alone(tmp_path):
    """Nobody else on the machine can read what was unpacked."""
    files = unpacked(tmp_path, zipped(("hw3.ipynb", NOTEBOOK)))

    assert stat.S_IMODE(files[0].path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(files[0].path.stat().st_mode) == 0o600


OUTSIDE = ("../x.ipynb", "a/../../x.ipynb", "/etc/x.ipynb", "C:\\x.ipynb", "..\\x.ipynb", "\\\\host\\x.ipynb")


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_that_leads_outside_is_refused(tmp_path, name):
    """Nothing is written outside of the folder, and the sentence names the file."""
    (file,) = unpacked(tmp_path, zipped((name, NOTEBOOK)))

    assert file.path is None
    assert "outside" in file.problem
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["into", "x.zip"]


def test_deep_folders_are_refused(tmp_path):
    """A path of a thousand folders is not a student's."""
    (file,) = unpacked(tmp_path, zipped(("a/" * 1000 + "hw3.ipynb", NOTEBOOK)))

    assert file.path is None


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_device_is_refused(tmp_path, kind):
    """A member that Unix would make a link is never made one."""
    member = zipfile.ZipInfo("hw3.ipynb")
    member.external_attr = (kind | 0o777) << 16

    (file,) = unpacked(tmp_path, zipped((member, b"/etc/passwd")))

    assert file.path is None
    assert "link" in file.problem


def test_a_password_is_named(tmp_path):
    """A locked member says so; the flag is all that the grader looks at."""
    data = bytearray(zipped(("hw3.ipynb", NOTEBOOK)))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    (file,) = unpacked(tmp_path, bytes(data))

    assert "password" in file.problem


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_with_large_dictionaries_are_refused(tmp_path, method):
    """LZMA reserves what the archive asks for; only deflate and none are unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as opened:
        opened.writestr("hw3.ipynb", NOTEBOOK)

    (file,) = unpacked(tmp_path, out.getvalue())

    assert file.path is None


def test_a_bomb_by_its_own_account_is_refused(tmp_path):
    """More declared bytes than allowed end it before anything is unpacked."""
    data = zipped(("hw3.ipynb", bytes(60 * 2**20)))

    assert len(data) < 100_000
    with pytest.raises(SubmissionError, match="60 MB, more than the 50 MB"):
        unpacked(tmp_path, data)


def test_a_bomb_that_lies_about_its_size_is_cut(tmp_path):
    """A member that declares 10 bytes and holds 30 MB is refused, and nothing of it stays."""
    data = bytearray(zipped(("hw3.ipynb", bytes(30 * 2**20))))
    directory = data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, directory + 24, 10)
    struct.pack_into("<L", data, 22, 10)

    (file,) = unpacked(tmp_path, bytes(data))

    assert file.path is None
    assert file.problem
    assert list((tmp_path / "into").iterdir()) == []


def test_one_large_notebook_is_refused_alone(tmp_path):
    """The limit of a notebook counts inside a zip as outside."""
    large, small = unpacked(tmp_path, zipped(("large.ipynb", bytes(21 * 2**20)), ("small.ipynb", NOTEBOOK)))

    assert "20 MB" in large.problem
    assert small.path


def test_many_files_are_refused(tmp_path):
    """The number of files is limited."""
    with pytest.raises(SubmissionError, match="at most 200"):
        unpacked(tmp_path, zipped(*((f"{i}.txt", b"") for i in range(201))))


def test_a_huge_directory_is_refused_before_it_is_parsed(tmp_path, monkeypatch):
    """A directory of a million bytes and more is not given to the zip library."""
    data = zipped(*((f"{i:05}" + "x" * 90, b"") for i in range(10_000)))
    monkeypatch.setattr(zipfile, "ZipFile", None)

    with pytest.raises(SubmissionError, match="200 files"):
        unpacked(tmp_path, data)


def test_zip64_is_refused_for_a_student(tmp_path):
    """The huge form can hide its true directory from the check of its size."""
    data = zipped(("hw3.ipynb", NOTEBOOK))
    end = data.rindex(b"PK\x05\x06")

    with pytest.raises(SubmissionError, match="zip64"):
        unpacked(tmp_path, data[:end] + b"PK\x06\x07" + bytes(16) + data[end:])


def test_damage_is_a_sentence(tmp_path):
    """A wrong checksum concerns that member alone; a cut archive concerns all."""
    data = zipped(("hw3.ipynb", NOTEBOOK))
    (file,) = unpacked(tmp_path, data.replace(data[14:18], b"\0\0\0\0"))

    assert "damaged" in file.problem
    with pytest.raises(SubmissionError, match="no zip archive"):
        unpacked(tmp_path, data[:30])


def test_the_same_name_twice_gives_two_files(tmp_path):
    """Neither member hides the other."""
    files = unpacked(tmp_path, zipped(("hw3.ipynb", NOTEBOOK), ("hw3.ipynb", b"{}")))

    assert [file.path.read_bytes() for file in files] == [NOTEBOOK, b"{}"]


def test_a_member_without_a_name_is_no_accident(tmp_path):
    """An empty name, which the zip library stumbles over, is a file like any other."""
    (file,) = unpacked(tmp_path, zipped(("x", b"")).replace(b"x", b"\0"))

    assert file.parts == ("nameless",)


def test_systems_small_print_is_left_out(tmp_path):
    """Files that systems add by themselves are nobody's work."""
    names = ["__MACOSX/._hw3.ipynb", ".ipynb_checkpoints/hw3-checkpoint.ipynb", ".DS_Store", "hw3.ipynb"]

    assert [file.name for file in unpacked(tmp_path, zipped(*((name, NOTEBOOK) for name in names)))] == ["hw3.ipynb"]


def test_a_folder_with_a_link_names_it_and_does_not_follow(tmp_path):
    """A link to a folder or file outside is not walked into."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.ipynb").write_bytes(NOTEBOOK)
    folder = tmp_path / "class"
    folder.mkdir()
    os.symlink(secret, folder / "ada")
    os.symlink(secret / "key.ipynb", folder / "bob.ipynb")

    files = archive.walk(folder)

    assert [(file.name, file.path) for file in files] == [("ada", None), ("bob.ipynb", None)]
    assert all("link" in file.problem for file in files)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_damaged_zip_raises_anything_else(tmp_path_factory, data):
    """Whatever bytes are changed, the outcome is files or a sentence."""
    folder = tmp_path_factory.mktemp("zip")
    good = bytearray(zipped(("hw3.ipynb", NOTEBOOK), ("a/b.pdf", b"x" * 50)))
    for place in data.draw(st.lists(st.integers(0, len(good) - 1), min_size=1, max_size=6)):
        good[place] = data.draw(st.integers(0, 255))

    with contextlib.suppress(SubmissionError):
        files = unpacked(folder, bytes(good))
        assert all(file.path is None or file.path.parent == folder / "into" for file in files)


def test_a_class_download_may_hold_students_zips(tmp_path):
    """The platform's own zip is unpacked one level: students' zips come out packed."""
    inner = zipped(("hw3.ipynb", NOTEBOOK))
    files = unpacked(tmp_path, zipped(("ada/hw3.zip", inner)), Bounds.platform(LIMITS))

    assert files[0].path.read_bytes() == inner
    assert Path(files[0].path).suffix == ".zip"

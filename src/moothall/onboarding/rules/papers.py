"""Reads a zip file of cases' papers: a folder for each case, called as the case was numbered in the old system."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from moothall.core.zipped import BROKEN, is_link, is_locked

from .lines import BadLine, Line

MOST_FILES = 20_000
MOST_BYTES = 2_000_000_000
"""Unpacked, of all files of one zip file."""
JUNK = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Paper:
    """One file of a zip file: its place in it, the case's number in the old system, and what it is called."""

    entry: str
    number: str
    name: str


def papers(content: bytes, largest: int) -> Iterator[Line]:
    """Yield each file of a zip file as a line, counted from one: `given` has its Paper and, once read, its bytes.

    `largest` is what one file may have, in bytes. Raises BadLine where it is no zip file, or unpacks to too much.
    """
    with _opened(content) as file:
        entries = [one for one in file.infolist() if not one.is_dir() and not _is_junk(one.filename)]
        if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_BYTES:
            raise BadLine(
                f"It holds more than {MOST_FILES:,} files or {MOST_BYTES // 1_000_000:,} MB. Send it in parts."
            )
        for number, entry in enumerate(sorted(entries, key=lambda one: one.filename), start=1):
            yield Line(number, {"entry": entry, "read": lambda entry=entry: _bytes(file, entry, largest)})


def paper(entry: zipfile.ZipInfo) -> Paper:
    """Return what a file of a zip file is; a folder's name stands for a number, with %2F where it has a slash.

    >>> paper(zipfile.ZipInfo("papers/C%2F12/letter.pdf"))
    Paper(entry='papers/C%2F12/letter.pdf', number='C/12', name='letter.pdf')
    """
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    if len(parts) < 2:
        raise BadLine("It lies in no folder. Put each file in a folder called as the case was numbered there.")
    if is_link(entry):
        raise BadLine("It is a link, not a file. Put the file itself there.")
    if is_locked(entry):
        raise BadLine("It is locked with a password. Unlock it first.")
    return Paper(entry.filename, unquote(parts[-2])[:60], parts[-1])


def read(content: bytes, found: list[Paper], largest: int) -> dict[str, bytes]:
    """Return the bytes of some papers by their place in the zip file."""
    with _opened(content) as file:
        return {one.entry: _bytes(file, file.getinfo(one.entry), largest) for one in found}


def _is_junk(name: str) -> bool:
    return any(part in JUNK or part.startswith("._") for part in PurePosixPath(name).parts)


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except BROKEN:
        raise BadLine("That is no zip file, or it is broken. Pack the folders again.") from None


def _bytes(file: zipfile.ZipFile, entry: zipfile.ZipInfo, largest: int) -> bytes:
    if entry.file_size > largest:
        raise BadLine(f"It is larger than {largest // 1_000_000} MB. Leave it out, or send it in parts.")
    try:
        with file.open(entry) as given:
            return given.read(largest + 1)
    except BROKEN:
        raise BadLine("It is broken inside the zip file. Pack it again.") from None

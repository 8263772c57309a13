"""
Unpack an archive that came as one file, as it was downloaded, and trust nothing that the file says of itself.

Refused in words: what is no zip file or is broken, a name that leads out of the archive's own folder, a link, a name
that comes twice, a password, and what would unpack to far more than was packed or than there is room for.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from moothall.core.zipped import BROKEN, is_link, is_locked
from moothall.leaving.queries import contents

MOST_TIMES = 300
"""Rows as JSON lines are packed to a tenth or a twentieth; what unpacks to more than this many times is no archive."""
SMALL = 50_000_000
"""Bytes up to which nobody asks how tightly a file is packed."""
ROOM_LEFT = 0.9


class NotAnArchive(RuntimeError):
    """Nothing was brought in; the message says what to do."""


@contextmanager
def opened(archive: Path, data: Path) -> Iterator[Path]:
    """Give the folder of an archive: the folder itself, or what a zip file holds, unpacked below `data` meanwhile.

    Raises NotAnArchive.
    """
    if archive.is_dir():
        yield archive
        return
    if not archive.is_file():
        raise NotAnArchive(f"{archive} is not there. Name the folder that was written, or the file as downloaded.")
    data.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix="arriving-", dir=data))
    try:
        yield _unpack(archive, place)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _unpack(archive: Path, place: Path) -> Path:
    try:
        with zipfile.ZipFile(archive) as file:
            entries = [one for one in file.infolist() if not one.is_dir()]
            top = _checked(archive, entries, shutil.disk_usage(place).free)
            for entry in entries:
                path = place / entry.filename
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                with file.open(entry) as given, path.open("xb") as kept:
                    shutil.copyfileobj(given, kept, 1 << 20)
    except NotAnArchive:
        raise
    except BROKEN as error:
        raise NotAnArchive(
            f"{archive.name} is broken, or no zip file. Download it again and compare its checksum with the page’s."
        ) from error
    return place / top


def _checked(archive: Path, entries: list[zipfile.ZipInfo], room: int) -> str:
    """Return the one folder in which all entries lie; raises NotAnArchive before anything is written."""
    names = [one.filename for one in entries]
    for entry in entries:
        parts = PurePosixPath(entry.filename).parts
        if entry.filename.startswith("/") or "\\" in entry.filename or ".." in parts or len(parts) < 2:
            raise NotAnArchive(f"“{entry.filename[:80]}” leads out of the archive’s own folder. It was not made here.")
        if is_link(entry):
            raise NotAnArchive(f"“{entry.filename[:80]}” is a link. It was not made here.")
        if is_locked(entry):
            raise NotAnArchive("It is locked with a password. Unlock it first, then name the folder.")
    if len(set(names)) < len(names):
        raise NotAnArchive("A name comes twice in it. It was not made here.")
    tops = {PurePosixPath(name).parts[0] for name in names}
    if len(tops) != 1 or f"{next(iter(tops))}/{contents.SUMS}" not in names:
        raise NotAnArchive(f"{archive.name} holds no archive. Name the file that was downloaded from the leaving page.")
    size = sum(one.file_size for one in entries)
    if size > SMALL and size > MOST_TIMES * archive.stat().st_size:
        raise NotAnArchive(
            f"It would unpack to {size // archive.stat().st_size:,} times its size. It was not made here."
        )
    if size > room * ROOM_LEFT:
        raise NotAnArchive(f"It unpacks to {size:,} bytes and there is room for {room:,}. Make room and try again.")
    return next(iter(tops))

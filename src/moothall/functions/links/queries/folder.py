"""A link by files: requests are laid into one folder, answers are found in another; whole, or not at all.

MOOTHALL_LINK_FOLDERS/NUMBER-LINK/out    a file for each request, removed once it is answered
MOOTHALL_LINK_FOLDERS/NUMBER-LINK/in     files of answers, removed once they are read
MOOTHALL_LINK_FOLDERS/NUMBER-LINK/aside  what of them could not be taken, with why
"""

import contextlib
import datetime as dt
import os
from pathlib import Path

from django.conf import settings

from moothall.bodies import queries as bodies
from moothall.core.sheets import harmless
from moothall.functions.links.models import Call, System
from moothall.functions.links.rules import Answer, folder

LARGEST = 10_000_000
STILL = 10
"""Seconds for which a file must not have changed, so that one that is being written is not read in half."""
ASIDE_FOR = dt.timedelta(days=30)
PARTS = ("out", "in", "aside")


def place(system: System) -> Path:
    """Return where a link's folder is: by the link's own number, so that it stays where councils become one."""
    return Path(settings.MOOTHALL_LINK_FOLDERS) / f"{system.pk}-{system.function}"


def of(system: System) -> Path:
    """Return a link's folder, with its parts made where they are missing."""
    root = place(system)
    for part in PARTS:
        (root / part).mkdir(parents=True, exist_ok=True, mode=0o770)
    return root


def bodies_to_ask() -> tuple[int, ...]:
    """Return whose links by folder are to be looked at: all partners', where there is any such folder at all."""
    root = Path(settings.MOOTHALL_LINK_FOLDERS)
    if not root.is_dir() or not any(root.iterdir()):
        return ()
    return tuple(body.id for body in bodies.bodies(partner=True))


def ask(found: Call, message: dict) -> Answer:
    """Lay a request into the folder, under a name that is the same however often it is laid there."""
    row = {name: harmless(value) for name, value in folder.request(message).items()}
    try:
        put(of(found.system) / "out", f"{found.performs}-{found.pk}.csv", folder.written([row]).encode())
    except OSError as error:
        return Answer("again", {}, f"The folder of the link cannot be written to ({type(error).__name__}).")
    return Answer("accepted", {})


def put(into: Path, name: str, content: bytes) -> None:
    """Write a file whole: under another name first, on disk, then called by its own."""
    draft = into / f".{name}.part"
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(into / name)


def waiting(system: System, *, at: dt.datetime) -> list[Path]:
    """Return the files of answers that are there whole, by name; folders among them are let be.

    What has a dot before it is still being written.
    """
    found = []
    for path in sorted((of(system) / "in").iterdir()):
        with contextlib.suppress(FileNotFoundError):
            is_ours = not path.name.startswith(".") and (path.is_symlink() or not path.is_dir())
            if is_ours and at.timestamp() - path.lstat().st_mtime >= STILL:
                found.append(path)
    return found


def read(path: Path) -> list[folder.Row]:
    """Return the rows of a file of answers. Raises BadFile; what is no plain file of ours is never followed."""
    if path.is_symlink() or not path.is_file():
        raise folder.BadFile("It is no plain file. Put the file itself there.")
    if path.stat().st_size > LARGEST:
        raise folder.BadFile(f"It is larger than {LARGEST // 1_000_000} MB. Send it in parts.")
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")  # what spreadsheets write without being asked
    if "\0" in text:
        raise folder.BadFile("It is no text. Save it as CSV.")
    return list(folder.answers(text))


def lay_aside(system: System, name: str, rows: list[dict[str, str]]) -> None:
    """Keep rows that could not be taken, with why, for whoever runs the other system; the same again is one file."""
    cells = [{head: harmless(value) for head, value in row.items()} for row in rows]
    put(of(system) / "aside", name, folder.written(cells).encode())


def sweep(system: System, open_calls: set[str], *, at: dt.datetime) -> None:
    """Remove requests that are answered or withdrawn, and what was laid aside long ago."""
    for path in (of(system) / "aside").iterdir():
        if at.timestamp() - path.lstat().st_mtime > ASIDE_FOR.total_seconds():
            path.unlink(missing_ok=True)
    for path in (of(system) / "out").glob("*.csv"):
        if path.stem[-36:] not in open_calls:
            path.unlink(missing_ok=True)

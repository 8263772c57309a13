"""The watched folder: <folder>/<body>/mail, post and fax. A file is removed when it is stored, not before."""

import datetime as dt
import logging
from pathlib import Path

from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.inbox import actions

log = logging.getLogger(__name__)
CHANNELS = {"mail": "email", "post": "post", "fax": "fax"}
SETTLED = dt.timedelta(seconds=10)
"""A file that was written to within this may not be whole yet."""
AT_ONCE = 200
UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload")


def take_all(folder: Path, scope: Scope, *, at: dt.datetime) -> int:
    """Take in what lies in a body's folder, each file in a transaction of its own; return how many were new.

    What cannot be taken is put into `set-aside`, with a note that says why.
    """
    new = 0
    for name, channel in CHANNELS.items():
        place = folder / name
        waiting = sorted(p for p in place.iterdir() if _whole(p, at)) if place.is_dir() else []
        for path in waiting[:AT_ONCE]:
            try:
                new += _take(path, channel, scope, at)
            except Refusal as no:
                _set_aside(path, folder / "set-aside", no.message)
            else:
                path.unlink(missing_ok=True)
    return new


def _whole(path: Path, at: dt.datetime) -> bool:
    """Return whether a file is one to take: no link, not hidden, and no longer written to."""
    if path.name.startswith(".") or path.suffix.lower() in UNFINISHED or path.is_symlink() or not path.is_file():
        return False
    return at.timestamp() - path.stat().st_mtime >= SETTLED.total_seconds()


def _take(path: Path, channel: str, scope: Scope, at: dt.datetime) -> bool:
    letter = channel == "email" or path.suffix.lower() == ".eml"
    kind = actions.MAIL if letter else actions.scan_kind(path.name)
    with scoped(scope):
        _, new = actions.take_in(
            body_id=scope.bodies[0], channel=channel, raw=path.read_bytes(), name=path.name[:100], kind=kind, at=at,
            by=scope.actor,
        )  # fmt: skip
    return new


def _set_aside(path: Path, aside: Path, why: str) -> None:
    aside.mkdir(exist_ok=True)
    (aside / f"{path.name}.why.txt").write_text(f"{why}\n")
    path.rename(aside / path.name)
    log.warning("a file was set aside", extra={"job": "inbox.look", "error": "Refused"})

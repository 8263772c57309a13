"""What a zip file that somebody sent may be: broken, locked, or holding links. Its own word is never trusted."""

import stat
import zipfile
import zlib

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
"""What reading one raises that is broken, locked, or packed in a way that zipfile does not know (a RuntimeError)."""


def is_link(entry: zipfile.ZipInfo) -> bool:
    """Return whether an entry would become a link to elsewhere."""
    return stat.S_ISLNK(entry.external_attr >> 16)


def is_locked(entry: zipfile.ZipInfo) -> bool:
    """Return whether an entry is locked with a password."""
    return bool(entry.flag_bits & 1)

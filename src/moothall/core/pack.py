"""
A subject-access pack: what is held about one person, for a machine (JSON), for a reader (a page), and their files.
"""

import datetime as dt
import io
import json
import zipfile
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string

from moothall.core import files
from moothall.core.clock import local
from moothall.core.models import File

#: The page is read from a disk, where no policy of ours and no other file is at hand.
STYLE = """<style>
body { font: 1.1rem/1.5 sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #0b0c0c }
h2 { margin-top: 2.5rem; border-bottom: 2px solid }
dl { display: grid; grid-template-columns: 12rem 1fr; gap: .2rem 1rem; padding: .6rem 0;
  border-bottom: 1px solid #b1b4b6 }
dt { font-weight: bold } dd { margin: 0; overflow-wrap: anywhere }
</style></head>"""


def zipped(held: dict[str, dict[str, list[dict]]], *, asked: dt.datetime, made: dt.datetime) -> bytes:
    """Return the pack as a zip: `data.json`, `read-me-first.html`, and in `files/` every file that a row names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        data = {"asked": asked, "made": made, "held": held}
        archive.writestr("data.json", json.dumps(data, default=str, ensure_ascii=False, indent=1))
        archive.writestr("read-me-first.html", page(held, made=made))
        for row in _files(held):
            archive.writestr(f"files/{row.pk}-{row.name}", files.path_of(row).read_bytes())
    return out.getvalue()


def page(held: dict[str, dict[str, list[dict]]], *, made: dt.datetime) -> str:
    """Return what is held as one page that needs nothing else."""
    sections = [
        {
            "heading": heading,
            "rows": [{_words(k): _shown(v) for k, v in row.items() if v not in (None, "")} for row in rows],
        }
        for chapter in held.values()
        for heading, rows in chapter.items()
    ]
    return render_to_string("core/pack.html", {"sections": sections, "made": made}).replace("</head>", STYLE, 1)


def _files(held: dict) -> list[File]:
    named = {
        UUID(str(row["file_id"]))
        for sections in held.values()
        for rows in sections.values()
        for row in rows
        if row.get("file_id")
    }
    return [row for row in File.objects.filter(pk__in=named, erased_at=None) if files.path_of(row).exists()]


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _shown(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return local(value).strftime("%-d %B %Y, %H:%M")
    if isinstance(value, dict):
        return "; ".join(f"{_words(str(k))}: {_shown(v)}" for k, v in value.items() if v not in (None, ""))
    if isinstance(value, list | tuple):
        return ", ".join(_shown(v) for v in value)
    return str(value)

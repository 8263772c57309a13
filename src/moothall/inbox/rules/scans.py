"""Scanned post and faxes: made a PDF where they are a fax's pictures, and read by machine where a reader is installed.

The reader is Tesseract (apt: tesseract-ocr, with tesseract-ocr-cym for Welsh, and poppler-utils for what comes as a
PDF). Without it a person reads the scan.
"""

import contextlib
import io
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path

from PIL import Image, ImageSequence, UnidentifiedImageError

from moothall.core.sniff import MOST_PIXELS, looks_like_picture
from moothall.inbox.rules.words import plain

MOST_PAGES = 20
SECONDS = 60
TIFF = (b"II*\x00", b"MM\x00*")
BROKEN = (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError)


def as_pdf(content: bytes) -> bytes:
    """Return the pages of a fax's TIFF as a PDF; anything else, and a TIFF that cannot be opened, as it is."""
    if not content.startswith(TIFF):
        return content
    pages = _pages(content)
    if not pages:
        return content
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return out.getvalue()


def words(content: bytes) -> str:
    """Return what a scan says as far as a machine can read it; empty where there is no reader, or nothing to read."""
    program = shutil.which("tesseract")
    if not program:
        return ""
    return plain("\n\n".join(_read(program, page) for page in _pictures(content)))


def _pictures(content: bytes) -> list[Image.Image]:
    """Return the pages of a scan as pictures."""
    if content.startswith(TIFF) or looks_like_picture(content):
        return _pages(content)
    return _pages_of_pdf(content) if content.startswith(b"%PDF-") else []


def _pages(content: bytes) -> list[Image.Image]:
    """Return the pages of a picture in black, white and grey, as many as are read; none where it cannot be opened."""
    pages = []
    with warnings.catch_warnings(), contextlib.suppress(*BROKEN):
        warnings.simplefilter("ignore")  # what is wrong with a scan shows when it cannot be read
        with Image.open(io.BytesIO(content), formats=("TIFF", "JPEG", "PNG", "WEBP", "GIF")) as picture:
            for page in ImageSequence.Iterator(picture):
                if len(pages) == MOST_PAGES or page.width * page.height > MOST_PIXELS:
                    break
                pages.append(page.convert("L"))
    return pages


def _pages_of_pdf(content: bytes) -> list[Image.Image]:
    """Return the pages of a PDF as pictures, drawn by Poppler (apt: poppler-utils) where it is installed."""
    program = shutil.which("pdftoppm")
    if not program:
        return []
    with tempfile.TemporaryDirectory() as folder:
        _run([program, "-gray", "-r", "200", "-l", str(MOST_PAGES), "-png", "-", f"{folder}/page"], content)
        return [page for path in sorted(Path(folder).iterdir()) for page in _pages(path.read_bytes())]


def _read(program: str, page: Image.Image) -> str:
    out = io.BytesIO()
    page.save(out, "PNG")
    said = _run([program, "stdin", "stdout", "-l", _languages(program)], out.getvalue())
    return said.decode("utf-8", "replace")


def _languages(program: str) -> str:
    """Return the languages to read, of those that are installed: English, and Welsh."""
    known = _run([program, "--list-langs"], b"").decode("utf-8", "replace").split()
    return "+".join(one for one in ("eng", "cym") if one in known) or "eng"


def _run(command: list[str], content: bytes) -> bytes:
    """Return what a program makes of some bytes; nothing if it fails or takes longer than a minute."""
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""

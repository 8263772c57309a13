"""
What a file really is, told from its bytes; and whether it is safe to keep. Plain Python.

The sender's name and media type are never believed. Pictures are decoded under a bound of pixels, turned upright,
and encoded anew without anything a camera or an attacker wrote into them; the place they were taken is read first.
"""

import io
import re
import unicodedata
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

import puremagic
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from moothall.core.refusal import Refusal
from moothall.core.zipped import BROKEN

MEGABYTE = 1_000_000
LARGEST = 15 * MEGABYTE
MOST_PIXELS = 60_000_000  # a 50-megapixel phone fits; decoded at 3 bytes a pixel this is 180 MB at the very most
LONGEST_SIDE = 2_400  # kept pictures are scaled to this: enough to see a crack in a kerb
MOST_UNPACKED = 60 * MEGABYTE
MOST_MEMBERS = 2_000

PICTURES = ("JPEG", "PNG", "WEBP", "GIF")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
DOCUMENTS = {"application/pdf": ".pdf", WORD: ".docx", OPEN_TEXT: ".odt", "text/plain": ".txt"}
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", **DOCUMENTS}
ACCEPTED = "a photo (JPEG, PNG, WebP or GIF), a PDF, a Word or OpenDocument text, or plain text"


class FileTooLarge(Refusal):
    """That file is larger than 15 MB. Choose a smaller one, or take the photo at a lower quality."""

    status = 413


class FileEmpty(Refusal):
    """That file is empty. Choose it again, or choose another."""

    status = 422


class KindNotAccepted(Refusal):
    """We cannot take that kind of file. Send a photo (JPEG, PNG, WebP or GIF), a PDF, a Word document or plain text."""

    status = 415


class PictureNotReadable(Refusal):
    """We cannot open that picture: it may be damaged. Open it on your device, save it again and send the new one."""

    status = 422


class PictureTooLarge(Refusal):
    """That picture has too many pixels. Send one of at most 60 megapixels; any phone's photo will do."""

    status = 413


class FileUnsafe(Refusal):
    """We cannot take that file because of what is packed inside it. Save it as a PDF and send that."""

    status = 422


@dataclass(frozen=True)
class Sniffed:
    """A file that may be kept: the bytes to keep, what they are, and where a picture was taken."""

    content: bytes
    kind: str
    width: int | None = None
    height: int | None = None
    place: tuple[float, float] | None = None


def sniff(content: bytes, *, accept: str = "any", largest: int = LARGEST) -> Sniffed:
    """
    Return what to keep of these bytes. `accept` is "any" or "image"; `largest` is in bytes.
    Raises FileEmpty, FileTooLarge, KindNotAccepted, PictureNotReadable, PictureTooLarge or FileUnsafe.
    """
    if not content:
        raise FileEmpty()
    if len(content) > largest:
        raise FileTooLarge()
    if looks_like_picture(content):
        return _picture(content)
    if accept == "image":
        raise KindNotAccepted("That is not a photo we can read. Send a JPEG, PNG, WebP or GIF.")
    return Sniffed(content, _document(content))


def looks_like_picture(content: bytes) -> bool:
    """Return whether the first bytes are those of a picture that we take."""
    head = content[:12]
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return webp or head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a"))


def _picture(content: bytes) -> Sniffed:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, once imported, turns this on for the whole process
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own bound is below Pillow's
        try:
            with Image.open(io.BytesIO(content), formats=PICTURES) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise PictureTooLarge()
                place = taken_at(picture)
                kept, kind = _drawn_anew(picture)
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError):
            raise PictureNotReadable() from None
    with Image.open(io.BytesIO(kept)) as result:
        return Sniffed(kept, kind, *result.size, place)


def _drawn_anew(picture: Image.Image) -> tuple[bytes, str]:
    """Return a new encoding of the picture's pixels alone: upright, scaled, the first frame, no metadata."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    seen_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    flat = upright.convert("RGBA" if seen_through else "RGB")
    bare = Image.new(flat.mode, flat.size)
    bare.paste(flat)
    out = io.BytesIO()
    if seen_through or picture.format in ("PNG", "GIF"):
        bare.save(out, "PNG", optimize=False)
        return out.getvalue(), "image/png"
    bare.save(out, "JPEG", quality=85)
    return out.getvalue(), "image/jpeg"


def taken_at(picture: Image.Image) -> tuple[float, float] | None:
    """Return where a picture says it was taken, as degrees north and east, or None (EXIF 2.3, GPS tags 1 to 4)."""
    try:
        gps = picture.getexif().get_ifd(0x8825)
        north, east = _degrees(gps[2]), _degrees(gps[4])
        north = -north if str(gps.get(1, "N")).upper().startswith("S") else north
        east = -east if str(gps.get(3, "E")).upper().startswith("W") else east
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError, SyntaxError):
        return None
    if not (-90 <= north <= 90 and -180 <= east <= 180) or (north == 0 and east == 0):
        return None
    return round(north, 6), round(east, 6)


def _degrees(parts) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600


def _document(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    if _is_text(content):
        return "text/plain"
    try:
        name = puremagic.from_string(content[:4096])
    except (puremagic.PureError, ValueError):
        name = ""
    what = f" It looks like {name.lstrip('.').upper()}." if name else ""
    raise KindNotAccepted(f"We cannot take that kind of file.{what} Send {ACCEPTED}.")


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    looks_active = re.match(r"\s*(<!doctype|<html|<svg|<\?xml|<script|#!)", text, re.IGNORECASE)
    return not looks_active and not re.search(r"[\x00-\x08\x0b\x0e-\x1f]", text)


def _packed(content: bytes) -> str:
    """Return which document a zip archive is, once its contents are known to unpack to a sane size and no programs."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_UNPACKED:
                raise FileUnsafe()
            if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".zip", ".jar")) for name in names):
                raise FileUnsafe()
            if "word/document.xml" in names and "[Content_Types].xml" in names:
                return WORD
            if "mimetype" in names and _starts(archive, "mimetype", OPEN_TEXT.encode()):
                return OPEN_TEXT
    except (*BROKEN, OSError, ValueError):
        raise FileUnsafe() from None
    raise KindNotAccepted(f"We cannot take archives. Send the files one by one: {ACCEPTED}.")


def _starts(archive: zipfile.ZipFile, name: str, with_bytes: bytes) -> bool:
    with archive.open(name) as member:
        return member.read(200).strip() == with_bytes


def safe_name(name: str, kind: str) -> str:
    """
    Return a file name that is safe to show and to save: letters, digits, dots, dashes and spaces, the ending of what
    the file really is, at most 100 characters.

    >>> safe_name("../../etc/passwd\\r\\nX: y.exe", "image/jpeg")
    'passwd X y.jpg'
    """
    plain = unicodedata.normalize("NFC", name.replace("\\", "/"))
    plain = re.sub(r"[^\w.\- ]+", " ", PurePath(plain).name)
    stem = re.sub(r"\s+", " ", PurePath(plain).stem).strip(" .") or "file"
    return stem[:95].strip(" .") + ENDINGS.get(kind, ".bin")

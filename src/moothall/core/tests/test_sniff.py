"""A file is judged by its bytes."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from moothall.core.sniff import (
    LARGEST,
    LONGEST_SIDE,
    WORD,
    FileEmpty,
    FileTooLarge,
    FileUnsafe,
    KindNotAccepted,
    PictureNotReadable,
    PictureTooLarge,
    safe_name,
    sniff,
)

GPS = {1: "N", 2: (52.0, 24.0, 36.0), 3: "W", 4: (2.0, 0.0, 54.0)}


def picture(kind="JPEG", size=(60, 40), mode="RGB", gps=None, **options) -> bytes:
    image = Image.new(mode, size, "red")
    if gps:
        exif = Image.Exif()
        exif[0x010F] = "Camera of Alex Example"
        exif[0x8825] = gps
        options["exif"] = exif.tobytes()
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def zipped(**members) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def word(**more) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
        for name, content in more.items():
            archive.writestr(f"word/{name}", content)
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """Return a PNG of a few hundred bytes whose header claims a huge picture."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("kind", "kept"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("GIF", "image/png"), ("WEBP", "image/jpeg")]
)
def test_a_picture_is_kept_as_a_picture_of_the_same_size(kind, kept):
    found = sniff(picture(kind), accept="image")
    assert (found.kind, found.width, found.height) == (kept, 60, 40)


def test_a_photo_loses_its_metadata_and_tells_where_it_was_taken():
    sent = picture(gps=GPS)
    assert b"Alex Example" in sent
    found = sniff(sent)
    assert found.place == (52.41, -2.015)
    assert b"Alex Example" not in found.content
    assert not Image.open(io.BytesIO(found.content)).getexif()


@pytest.mark.parametrize(
    "gps", [{}, {2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)}, {2: (99.0, 0.0, 0.0), 4: (1.0, 0.0, 0.0)}, {2: 5, 4: 5}]
)
def test_a_place_that_cannot_be_is_no_place(gps):
    assert sniff(picture(gps=gps or None)).place is None


def test_a_sideways_photo_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    found = sniff(picture(exif=exif.tobytes()))
    assert (found.width, found.height) == (40, 60)


def test_what_hides_behind_a_picture_is_not_kept():
    sent = picture("PNG") + b"<script>alert(1)</script>" + zipped(evil="x")
    assert b"script" not in sniff(sent).content


def test_a_large_photo_is_scaled_down():
    found = sniff(picture(size=(4000, 3000)))
    assert (found.width, found.height) == (LONGEST_SIDE, 1800)


def test_a_seen_through_picture_stays_so():
    found = sniff(picture("PNG", mode="RGBA"))
    assert Image.open(io.BytesIO(found.content)).mode == "RGBA"


@pytest.mark.parametrize("size", [(50_000, 50_000), (1_000_000, 61), (2**31 - 1, 2**31 - 1)])
def test_a_picture_bomb_is_refused_before_it_is_unpacked(size):
    with pytest.raises((PictureTooLarge, PictureNotReadable)):
        sniff(png_claiming(*size))


def test_half_a_picture_is_refused():
    with pytest.raises(PictureNotReadable):
        sniff(picture(size=(600, 400))[:900])


@pytest.mark.parametrize("content", [b"\xff\xd8\xff<script>", b"GIF89a=1;alert(1)//", b"\x89PNG\r\n\x1a\n" + b"x" * 50])
def test_bytes_that_only_begin_like_a_picture_are_refused(content):
    with pytest.raises(PictureNotReadable):
        sniff(content)


def test_documents_are_told_by_their_bytes():
    assert sniff(b"%PDF-1.7\n...").kind == "application/pdf"
    assert sniff(word()).kind == WORD
    assert sniff(b"The hole is by the gate.\n").kind == "text/plain"


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"  <!DOCTYPE html><p>",
        b"<svg onload=alert(1)>",
        b"#!/bin/sh\nrm -rf /",
        b"MZ\x90\x00" + bytes(100),
        b"\x7fELF" + bytes(100),
        zipped(readme="hello"),
        b"\x00\x01\x02",
    ],
)
def test_what_we_do_not_take_is_refused_with_what_we_do_take(content):
    with pytest.raises(KindNotAccepted, match="Send"):
        sniff(content)


def test_a_document_where_a_photo_is_asked_for_is_refused():
    with pytest.raises(KindNotAccepted, match="photo"):
        sniff(b"%PDF-1.7\n", accept="image")


def test_a_zip_bomb_is_refused_by_what_it_says_it_unpacks_to():
    with pytest.raises(FileUnsafe):
        sniff(word(bomb=bytes(70_000_000)))


@pytest.mark.parametrize("name", ["vbaProject.bin", "run.exe", "nested.zip"])
def test_programs_in_a_document_are_refused(name):
    with pytest.raises(FileUnsafe):
        sniff(word(**{name: b"x"}))


def test_an_archive_that_is_broken_inside_is_refused():
    whole = bytearray(zipped(mimetype=b"application/vnd.oasis.opendocument.text" * 20, content=b"<text/>"))
    start = whole.index(b"mimetype") + len(b"mimetype")
    whole[start] = 0xFF  # no kind of block that deflate knows

    with pytest.raises(FileUnsafe):
        sniff(bytes(whole))


def test_a_broken_archive_is_refused():
    with pytest.raises(FileUnsafe):
        sniff(word()[:60])


def test_an_empty_and_a_huge_file_are_refused():
    with pytest.raises(FileEmpty):
        sniff(b"")
    with pytest.raises(FileTooLarge):
        sniff(bytes(LARGEST + 1))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\me\\hole.JPG", "hole.jpg"),
        ('a"b\r\nSet-Cookie: x.png', "a b Set-Cookie x.jpg"),
        ("...", "file.jpg"),
        ("", "file.jpg"),
        ("twll yn y ffordd ŵ.jpeg", "twll yn y ffordd ŵ.jpg"),
        ("x" * 300, "x" * 95 + ".jpg"),
        ("\u202egpj.exe", "gpj.jpg"),
    ],
)
def test_a_name_is_made_safe(sent, kept):
    assert safe_name(sent, "image/jpeg") == kept

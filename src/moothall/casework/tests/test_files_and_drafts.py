"""Photos with an answer, and coming back to what was saved."""

import io
import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from moothall.casework.tests.test_asking import EMAIL, place_boxes
from moothall.core.clock import now
from moothall.core.models import OutgoingWords
from moothall.core.queue import run_pending
from moothall.core.scope import Scope, scoped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("functions")]


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


def photo(name="hole.jpg", gps=None):
    """Return a small photo, taken at a place if `gps` says where."""
    out, exif = io.BytesIO(), Image.Exif()
    if gps:
        exif[0x8825] = gps
    Image.new("RGB", (60, 40), "grey").save(out, "JPEG", exif=exif.tobytes())
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


@pytest.fixture
def photo_page(client, place):
    """Return the address of the photo question of a pothole."""
    url = client.post("/services/report-pothole/ask", place_boxes(place)).headers["Location"]
    for name, value in (("surface", "road"), ("width", "dinner-plate"), ("depth", "fist")):
        url = client.post(url, {name: value}).headers["Location"]
    assert "/ask/photo/" in url
    return url


def test_a_photo_is_kept_shown_and_can_be_removed(client, photo_page):
    assert client.post(photo_page, {"photo": photo()}).status_code == 302
    text = client.get(photo_page).content.decode()
    assert "hole" in text
    kept = re.search(r'name="photo-remove" value="([^"]+)"', text)[1]
    client.post(photo_page, {"photo-remove": kept})
    assert "photo-remove" not in client.get(photo_page).content.decode()


def test_what_is_no_photo_is_refused_with_what_to_do(client, photo_page):
    sent = SimpleUploadedFile("hole.jpg", b"<script>alert(1)</script>", "image/jpeg")
    text = client.post(photo_page, {"photo": sent}).content.decode()
    assert "There is a problem" in text
    assert "hole.jpg" in text


def test_a_photo_of_another_place_asks_whether_the_place_is_right(client, photo_page):
    far = {1: "N", 2: (52.0, 24.0, 36.0), 3: "W", 4: (2.0, 0.0, 54.0)}
    url = client.post(photo_page, {"photo": photo(gps=far)}).headers["Location"]
    url = client.post(url, {"more": ""}).headers["Location"]
    check = client.post(url, EMAIL).headers["Location"]
    assert re.search(r"Your photo was taken about \d+ metres from", client.get(check).content.decode())


def test_a_photo_goes_with_the_case(client, photo_page):
    url = client.post(photo_page, {"photo": photo("before the shop.jpg")}).headers["Location"]
    url = client.post(url, {"more": ""}).headers["Location"]
    check = client.post(url, EMAIL).headers["Location"]
    page = client.post(check, follow=True).content.decode()
    reference = re.search(r"MAR-\d{4}-\d{3}\w", page)[0]
    assert "before the shop" in client.get(f"/cases/{reference}/").content.decode()


def code_sent_to(address):
    """Return the newest code that went to an address."""
    run_pending(at=now())
    with scoped(Scope(bodies=(0,))):
        words = [w.text for w in OutgoingWords.objects.filter(recipient=address)]
    return re.search(r"\b\d{6}\b", words[-1])[0]


def test_what_was_saved_is_found_again_on_another_device_by_a_code(client, photo_page):
    save = re.sub(r"/ask/.*", "/save/", photo_page)
    page = client.post(save, {"email": "ann@example.org"}).content.decode()
    assert "We sent a code to ann@example.org" in page
    other = Client()
    assert other.get(photo_page).status_code == 404
    code = code_sent_to("ann@example.org")
    answer = other.post("/drafts/code/", {"email": "Ann@example.org", "code": f" {code} "})
    assert answer.status_code == 302
    assert "Add a photo" in other.get(answer.headers["Location"], follow=True).content.decode()


def test_a_new_code_can_be_asked_for_and_a_stranger_learns_nothing(client, photo_page):
    client.post(re.sub(r"/ask/.*", "/save/", photo_page), {"email": "ann@example.org"})
    other = Client()
    known = other.post("/drafts/", {"email": "ann@example.org"}, follow=True)
    unknown = Client().post("/drafts/", {"email": "bob@example.org"}, follow=True)
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", known.content.decode()) == strip.sub("", unknown.content.decode())
    answer = other.post("/drafts/code/", {"email": "ann@example.org", "code": code_sent_to("ann@example.org")})
    assert answer.status_code == 302


def test_a_wrong_code_opens_nothing(client, photo_page):
    client.post(re.sub(r"/ask/.*", "/save/", photo_page), {"email": "ann@example.org"})
    page = Client().post("/drafts/code/", {"email": "ann@example.org", "code": "000000"}).content.decode()
    assert "That code does not fit" in page

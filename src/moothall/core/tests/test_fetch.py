"""What a stranger's address brings in: from where it was checked, whole, and neither without end nor from elsewhere."""

from functools import partial

import httpx
import pytest

from moothall.core import fetch

ADDRESS = "https://photos.example/one.jpg?size=2"


@pytest.fixture
def answers(monkeypatch):
    """Let photos.example be a public host that answers as the test says; return the requests it got."""
    got = []

    def set_up(status=200, content=b"a picture", headers=None):
        def answer(request):
            got.append(request)
            return httpx.Response(status, content=content, headers=headers)

        monkeypatch.setattr(fetch.httpx, "Client", partial(httpx.Client, transport=httpx.MockTransport(answer)))
        return got

    found = [(2, 1, 6, "", ("93.184.215.14", 443))]
    monkeypatch.setattr(fetch.socket, "getaddrinfo", lambda *_args, **_named: found)
    return set_up


def test_it_is_brought_from_the_very_address_that_was_checked(answers):
    got = answers()
    assert fetch.bring(ADDRESS) == b"a picture"
    (request,) = got
    assert (request.url.host, request.headers["host"]) == ("93.184.215.14", "photos.example")
    assert request.url.raw_path == b"/one.jpg?size=2"
    assert request.extensions["sni_hostname"] == "photos.example"


@pytest.mark.parametrize("status", [301, 302, 404, 500])
def test_nothing_but_the_thing_itself_is_taken(answers, status):
    got = answers(status, headers={"location": "http://127.0.0.1/"})
    with pytest.raises(fetch.Unreachable, match=str(status)):
        fetch.bring(ADDRESS)
    assert len(got) == 1, "no redirect is followed"


def test_what_is_too_large_is_left(answers, monkeypatch):
    monkeypatch.setattr(fetch, "LARGEST", 5)
    answers()
    with pytest.raises(fetch.Unreachable, match="larger"):
        fetch.bring(ADDRESS)


def test_who_sends_too_slowly_is_left(answers, monkeypatch):
    moments = iter([0, fetch.LONGEST + 1])
    monkeypatch.setattr(fetch, "monotonic", lambda: next(moments))
    answers()
    with pytest.raises(fetch.Unreachable, match="longer than a minute"):
        fetch.bring(ADDRESS)

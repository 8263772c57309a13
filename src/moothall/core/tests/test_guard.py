"""Doors: who may open what, how often, and where one is sent next."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from moothall.core import guard, rate
from moothall.core.guard import NotYourRole
from moothall.core.rate import Limit, TooOften
from moothall.core.tests.conftest import AT

NOBODY, SOMEBODY = SimpleNamespace(is_authenticated=False), SimpleNamespace(is_authenticated=True)


def ask(view, user=NOBODY, roles=(), path="/staff/audit/?object=x&next=//evil.example"):
    request = RequestFactory().get(path)
    request.user, request.roles = user, frozenset(roles)
    return view(request)


@guard.staff("auditor", "manager")
def books(request):
    return HttpResponse("books")


@guard.staff()
def kitchen(request):
    return HttpResponse("kitchen")


@guard.signed_in
def own(request):
    return HttpResponse("own")


@guard.anyone("it is a square")
def square(request):
    return HttpResponse("square")


def test_a_view_says_who_may_open_it():
    assert (square.guard.kind, square.guard.why) == ("anyone", "it is a square")
    assert own.guard.kind == "signed-in"
    assert books.guard.roles == {"auditor", "manager"}


def test_each_door_opens_for_its_own():
    assert ask(square).content == b"square"
    assert ask(own, SOMEBODY).content == b"own"
    assert ask(kitchen, SOMEBODY, ["crew"]).content == b"kitchen"
    assert ask(books, SOMEBODY, ["crew", "auditor"]).content == b"books"


def test_staff_of_another_role_and_residents_are_told_so():
    for roles in (["crew"], []):
        with pytest.raises(NotYourRole):
            ask(books, SOMEBODY, roles)
    with pytest.raises(NotYourRole):
        ask(kitchen, SOMEBODY)


@pytest.mark.parametrize("view", [own, kitchen, books])
def test_nobody_is_asked_to_sign_in_and_comes_back_to_a_page_of_ours(view):
    answer = ask(view)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")
    assert answer["Location"].endswith("?next=%2Fstaff%2Faudit%2F%3Fobject%3Dx%26next%3D%2F%2Fevil.example")


TWICE = Limit("test", 2, 60)


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def test_the_third_time_in_a_window_is_too_often_and_the_next_window_starts_anew():
    moment = AT.replace(second=10)
    assert [rate.limit(TWICE, "a", at=moment) for _ in range(2)] == [1, 0]
    with pytest.raises(TooOften) as caught:
        rate.limit(TWICE, "a", at=moment)
    assert caught.value.details == {"retry_after": 50}
    assert caught.value.status == 429
    assert rate.limit(TWICE, "a", at=moment + dt.timedelta(seconds=50)) == 1


def test_one_key_or_limit_does_not_count_for_another():
    for key in ("a", "b"):
        rate.limit(TWICE, key, at=AT)
    assert rate.limit(TWICE, "a", at=AT) == 0
    assert rate.limit(Limit("other", 2, 60), "a", at=AT) == 1


def test_the_cache_never_holds_whom_it_counts():
    rate.limit(TWICE, "alex@example.com", at=AT)
    assert "alex" not in str(cache._cache)


@pytest.mark.parametrize(
    ("meta", "counted"),
    [
        ({"REMOTE_ADDR": "192.0.2.7"}, "192.0.2.7"),
        ({"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2"),
    ],
)
def test_a_visitor_is_counted_by_their_connection(meta, counted, settings):
    settings.SECURE_PROXY_SSL_HEADER = None
    assert rate.address(SimpleNamespace(META={"HTTP_X_FORWARDED_FOR": "203.0.113.9", **meta})) == counted


def test_behind_our_proxy_only_what_the_proxy_added_counts(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    meta = {"HTTP_X_FORWARDED_FOR": "1.1.1.1, 198.51.100.4", "REMOTE_ADDR": "127.0.0.1"}
    assert rate.address(SimpleNamespace(META=meta)) == "198.51.100.4"

"""What a transaction may see."""

import pytest
from django.db import connection, transaction

from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, current_scope, scoped


def setting(name):
    with connection.cursor() as cursor:
        cursor.execute("select current_setting(%s, true)", [name])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_nested_scope_gives_the_earlier_one_back():
    with scoped(Scope(bodies=(1, 2))):
        with scoped(Scope(bodies=(3,))):
            assert setting("app.bodies") == "3"
        assert setting("app.bodies") == "1,2"
        assert current_scope().bodies == (1, 2)


@pytest.mark.django_db
def test_a_refusal_inside_a_nested_scope_gives_the_earlier_one_back():
    with scoped(Scope(bodies=(1,))):
        with pytest.raises(Refusal), scoped(Scope(bodies=(2,))):
            raise Refusal("no")
        assert setting("app.bodies") == "1"


def test_nothing_is_left_behind_on_the_connection(real_db):
    with scoped(Scope(bodies=(7,))):
        assert setting("app.bodies") == "7"
    with transaction.atomic():
        assert not setting("app.bodies")


def test_bodies_are_numbers_and_nothing_else():
    with pytest.raises(ValueError):
        Scope(bodies=("1); drop table core_fact; --",)).settings()

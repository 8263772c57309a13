"""Whoever booked a day is reminded of it once, in time to change it, if they can be reached."""

import datetime as dt

import pytest
from tests.world import MARCHSHIRE

from moothall.booking import actions as booking
from moothall.casework.models import Case, Message, Payload
from moothall.casework.tests.booked import COUNTY, OFFICER
from moothall.core import queue
from moothall.core.clock import LONDON, now
from moothall.core.queue import fan
from moothall.core.scope import scoped
from moothall.core.workdays import england

pytestmark = pytest.mark.django_db


def nine_before(day, days):
    return dt.datetime.combine(england().add_working_days(day, -days), dt.time(9), LONDON)


def remind(at):
    with scoped(COUNTY):
        fan("booking.remind", str(at.timestamp()), bodies=(MARCHSHIRE,))
    queue.run_pending(at=at)


def reminders(booked):
    with scoped(COUNTY):
        return list(Message.objects.filter(case_id=booked.case_id, letter__in=("reminder", "reminded")).order_by("at"))


def test_everybody_is_reminded_once_in_time_to_change_it_and_again_of_another_day(birth):
    due = nine_before(birth.slots[-9].day, 2)
    remind(due - dt.timedelta(seconds=1))
    assert reminders(birth) == []
    remind(due)
    remind(due + dt.timedelta(minutes=10))
    (first,) = reminders(birth)
    assert "Your time with the registrar is on" in first.subject

    birth.move(birth.slots[-1], at=due + dt.timedelta(minutes=20))
    remind(nine_before(birth.slots[-1].day, 2))
    _, again = reminders(birth)
    assert f"{birth.slots[-1].day:%-d %B}" in again.subject


def test_a_service_without_words_of_its_own_reminds_in_the_house_s_in_the_reader_s_language(tip):
    with scoped(COUNTY):
        Case.objects.filter(pk=tip.case_id).update(language="cy")
    remind(nine_before(tip.slots[-9].day, 1))
    (said,) = reminders(tip)
    assert said.subject.startswith("Nodyn i'ch atgoffa: ")
    assert tip.reference in said.text
    assert f"/cases/{tip.reference}/" in said.text


@pytest.mark.parametrize("contact", [{"none": True}, {"address": "14 Mill Lane, Ashby, ZM1 2AB"}])
def test_who_cannot_be_reached_in_time_is_not_written_to(tip, contact):
    with scoped(COUNTY):
        for payload in Payload.objects.filter(case_id=tip.case_id, kind="submission"):
            payload.data["contact"] = contact
            payload.save()
    remind(nine_before(tip.slots[-9].day, 1))
    assert reminders(tip) == []


def test_who_booked_after_the_time_of_the_reminder_has_only_the_letter_of_the_booking(tip):
    with scoped(COUNTY):
        booking.keep_diary(body_id=MARCHSHIRE, kind="tip-visit", name="Tip", remind_days=10, at=now(), by=OFFICER)
    remind(now())
    assert reminders(tip) == []

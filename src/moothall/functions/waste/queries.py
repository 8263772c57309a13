"""When a bin is emptied, what the data say about a missed one, and where the crews go."""

import datetime as dt
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from moothall.core.clock import LONDON, end_of, local
from moothall.core.refusal import NotYours
from moothall.core.workdays import england
from moothall.functions.waste import rules
from moothall.functions.waste.models import (
    STREAMS,
    CrewNote,
    Incident,
    MissedReport,
    Round,
    RoundDay,
    Shift,
    Stop,
    Subscription,
    Visit,
)  # fmt: skip

PAGE = 25
#: A crew's day ends at this hour; until then nobody says a bin was missed.
DAY_ENDS = dt.time(20, 0)


def holidays(body_id: int) -> rules.Holidays:
    """Return how a body moves its collections around holidays."""
    rows = list(Shift.objects.filter(body_id=body_id))
    return rules.Holidays(
        closed=frozenset(row.day for row in rows if row.moved_to is None),
        moved={row.day: row.moved_to for row in rows if row.moved_to},
        source="; ".join(sorted({row.source for row in rows})),
    )


def rounds_at(*, usrn: str, uprn: str = "", stream: str | None = None, on: dt.date) -> list[Round]:
    """Return the rounds that call at an address on a day's plan: those of the address itself, else of its street."""
    if not usrn and not uprn:
        return []
    stops = Stop.objects.filter(Q(usrn=usrn, uprn="") | ~Q(uprn="") & Q(uprn=uprn)).select_related("round")
    stops = stops.filter(Q(round__ends=None) | Q(round__ends__gt=on))
    if stream:
        stops = stops.filter(round__stream=stream)
    own, street = {}, {}
    for stop in stops:
        (own if stop.uprn else street).setdefault(stop.round.stream, []).append(stop.round)
    return [found for name in STREAMS for found in own.get(name, street.get(name, []))]


def calendar(*, usrn: str, uprn: str = "", first: dt.date, days: int = 60) -> list[dict]:
    """Return what is collected when: rows of {"day", "stream", "title", "moved"}, first day first.

    `moved` is true when a holiday moved that collection from its usual weekday.
    """
    last, rows = first + dt.timedelta(days=days), []
    for found in rounds_at(usrn=usrn, uprn=uprn, on=first):
        moves = holidays(found.body_id)
        for day in rules.collection_days(found.pattern, moves, first, last):
            rows.append({"day": day, "stream": found.stream, "title": str(found.get_stream_display()),
                         "moved": day.weekday() != found.weekday})  # fmt: skip
    return sorted(rows, key=lambda row: (row["day"], row["title"]))


def alerts(*, usrn: str) -> list[Incident]:
    """Return the open incidents of a street: what to tell people there before they ask. Open to everybody."""
    if not usrn:
        return []
    return list(Incident.objects.filter(usrns__contains=[usrn], ended_at=None).select_related("round"))


def open_incidents(*, body_id: int) -> list[Incident]:
    """Return a district's open incidents, newest first, at most three; of a county's, none. Open to everybody."""
    rows = Incident.objects.filter(body_id=body_id, ended_at=None).select_related("round")
    return list(rows.order_by("-opened_at")[:3])


def told(incident: Incident) -> str:
    """Return what a street that was not reached is told."""
    words = _("%(what)s: we could not finish your street on %(day)s, and come back on %(back)s. You need not tell us.")
    day, back = rules.day_words(incident.day), rules.day_words(incident.return_on)
    return words % {"what": incident.round.get_stream_display(), "day": day, "back": back}


def told_of_some(incident: Incident) -> str:
    """Return what a district is told of its streets that were not reached."""
    return _("%(what)s: some streets were not reached on %(day)s. See if yours is one.") % {
        "what": incident.round.get_stream_display(), "day": rules.day_words(incident.day),
    }  # fmt: skip


def facts(report: MissedReport) -> rules.Facts:
    """Return what the data say about one missed-bin report."""
    day, found, work = report.day, report.round, england()
    if found is None or day is None:
        return rules.Facts(report.at, None, None, None, None, None, None, None, None)
    log = RoundDay.objects.filter(round=found, day=day).first()
    note = CrewNote.objects.filter(round=found, day=day, uprn=report.uprn).order_by("-at").first()
    incident = Incident.objects.filter(round=found, day=day, usrns__contains=[report.usrn], ended_at=None).first()
    return rules.Facts(
        reported_at=report.at,
        due=day,
        log=log.state if log else None,
        note=note.code if note else None,
        incident=str(incident.pk) if incident else None,
        closes=dt.datetime.combine(day, DAY_ENDS, LONDON),
        report_by=end_of(work.add_working_days(day, rules.REPORT_WITHIN_WORKING_DAYS)),
        return_by=work.due(report.at, working_days=rules.RETURN_WITHIN_WORKING_DAYS),
        next_due=rules.next_due(found.pattern, holidays(found.body_id), local(report.at).date()),
    )


#: What the rules call a result, in the words that services use.
VERDICTS = {
    "missed": "missed", "known": "incomplete", "not_out": "not-out", "contaminated": "contaminated",
    "too_heavy": "contaminated", "too_late": "too-late", "no_round": "not-due",
}  # fmt: skip


def answer(report: MissedReport, verdict: rules.Verdict) -> dict:
    """Return what the step waste.check_round puts out for a verdict."""
    following = facts(report).next_due
    return {
        "verdict": VERDICTS[verdict.code],
        "reason": verdict.reason,
        "next_collection": following.isoformat() if following else None,
    }


def incident_of(report: MissedReport) -> Incident | None:
    """Return the open incident that a report's street is part of, or None."""
    rows = Incident.objects.filter(round_id=report.round_id, day=report.day, ended_at=None)
    return rows.filter(usrns__contains=[report.usrn]).first()


def missed(*, body_id: int, usrn: str, uprn: str, stream: str, at: dt.datetime) -> tuple[Round | None, dt.date | None]:
    """Return the round whose call a report made at a moment is about, and the day of that call."""
    today = local(at).date()
    found = [one for one in rounds_at(usrn=usrn, uprn=uprn, stream=stream, on=today) if one.body_id == body_id]
    if not found:
        return None, None
    moves = holidays(body_id)
    days = [(rules.last_due(one.pattern, moves, today), one) for one in found]
    days = [(day, one) for day, one in days if day]
    if not days:
        return found[0], None
    day, one = max(days, key=lambda pair: pair[0])
    return one, day


def report_of(case_id: UUID) -> MissedReport | None:
    """Return a case's missed-bin report, or None."""
    return MissedReport.objects.select_related("round", "incident").filter(case_id=case_id).first()


def today(*, body_ids: tuple[int, ...], on: dt.date) -> list[dict]:
    """Return the rounds of these bodies that call on a day: {"round", "log", "incident", "notes"}."""
    rows, moves = [], {}
    planned = Round.objects.filter(Q(ends=None) | Q(ends__gt=on), starts__lte=on, body_id__in=body_ids)
    for found in planned.order_by("code"):
        shifts = moves.setdefault(found.body_id, holidays(found.body_id))
        if on in rules.collection_days(found.pattern, shifts, on, on):
            rows.append({"round": found, "log": None, "incident": None, "notes": 0})
    by_round = {row["round"].pk: row for row in rows}
    for log in RoundDay.objects.filter(round_id__in=by_round, day=on):
        by_round[log.round_id]["log"] = log
    for one in Incident.objects.filter(round_id__in=by_round, day=on):
        by_round[one.round_id]["incident"] = one
    for note in CrewNote.objects.filter(round_id__in=by_round, day=on):
        by_round[note.round_id]["notes"] += 1
    return rows


def round_(round_id: int, *, body_ids: tuple[int, ...]) -> Round:
    """Return one round of these bodies; refuses what is not there or theirs."""
    found = Round.objects.filter(pk=round_id, body_id__in=body_ids).first()
    if found is None:
        raise NotYours("We cannot find that round. Choose it from today's rounds.")
    return found


def stops(round_id: int) -> list[Stop]:
    """Return the streets of a round, in its order."""
    return list(Stop.objects.filter(round_id=round_id, uprn="").order_by("position"))


def incidents(*, body_ids: tuple[int, ...]) -> list[Incident]:
    """Return the open incidents of these bodies, oldest first, each with `waiting`, how many reports joined it."""
    rows = Incident.objects.filter(ended_at=None, body_id__in=body_ids).select_related("round")
    return list(rows.annotate(waiting=Count("reports")).order_by("opened_at"))


def visits(*, at: dt.datetime, kind: str | None = None) -> list[Visit]:
    """Return the visits crews have to make, first due first, at most a page more than one; future days come later."""
    rows = Visit.objects.filter(state="open").order_by("due_at", "id")
    return list((rows.filter(kind=kind) if kind else rows)[: PAGE + 1])


def visit(visit_id: UUID) -> Visit:
    """Return one visit; refuses what is not there or not yours to see."""
    found = Visit.objects.filter(pk=visit_id).first()
    if found is None:
        raise NotYours("We cannot find that visit. Go back to your visits and choose it again.")
    return found


def subscription_at(*, body_id: int, uprn: str, on: dt.date) -> Subscription | None:
    """Return the subscription of an address that ends last and has not ended by a day, or None."""
    rows = Subscription.objects.filter(body_id=body_id, uprn=uprn, ends__gt=on)
    return rows.order_by("-ends").first()


def to_remind(*, body_id: int, today: dt.date) -> list[tuple[Subscription, int]]:
    """Return subscriptions whose reminder goes today, with the days before their end; renewed ones excepted."""
    latest = dt.timedelta(days=max(rules.REMIND_DAYS))
    rows = Subscription.objects.filter(body_id=body_id, ends__range=(today, today + latest))
    due = [(row, rules.reminder_due(row.ends, today, row.reminded)) for row in rows]
    renewed = set(Subscription.objects.filter(body_id=body_id, ends__gt=today + latest).values_list("uprn", flat=True))
    return [(row, days) for row, days in due if days is not None and row.uprn not in renewed]


def held_about(case_ids: list[UUID]) -> dict[str, list[dict]]:
    """Return, by heading, plain rows of what waste keeps about the people of these cases."""
    missed = MissedReport.objects.filter(case_id__in=case_ids)
    uprns = [row.uprn for row in missed if row.uprn]
    notes = CrewNote.objects.filter(uprn__in=uprns).order_by("day")
    visits = Visit.objects.filter(case_id__in=case_ids).order_by("opened_at")
    years = Subscription.objects.filter(case_id__in=case_ids).order_by("starts")
    return {
        "Missed bins": [{"reported": row.at.isoformat(), "address": row.uprn} for row in missed],
        "What crews noted at your address": [
            {"day": row.day.isoformat(), "note": rules.NOTES[row.code]} for row in notes
        ],
        "Visits": [{"reference": row.reference, "what": row.what, "where": row.label} for row in visits],
        "Garden waste subscriptions": [
            {"number": row.number, "address": row.label, "from": row.starts.isoformat(), "to": row.ends.isoformat()}
            for row in years
        ],
    }

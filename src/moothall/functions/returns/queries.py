"""What is known of returns: who owes one, what came, and whether one is owed still."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.ports import Owed
from moothall.core.refusal import NotYours
from moothall.core.workdays import england
from moothall.functions.returns import rules
from moothall.functions.returns.models import STANDING, Change, Due, Entry
from moothall.sharing import queries as sharing
from moothall.ui.rules import date_words

PAGE = 25
FILES = "returns.file"
SHOWS = {"late": "Late", "soon": "Due soon", "all": "All", "unknown": "Nobody to write to", "ended": "No longer owed"}


class UnknownReturn(NotYours):
    """We cannot find that return, or it is owed to another council. Choose it from the list of returns."""


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and where the next begin; 0 where there are no more."""

    rows: list
    next: int


def entry(entry_id: UUID, *, lock: bool = False) -> Entry:
    """Return an entry that the scope shows. Raises UnknownReturn."""
    rows = Entry.objects.select_for_update() if lock else Entry.objects
    found = rows.filter(pk=entry_id).first()
    if found is None:
        raise UnknownReturn()
    return found


def open_at(*, body_id: int, service_id: str, uprn: str, lock: bool = False) -> Entry | None:
    """Return the entry by which an address owes returns of one kind to a body now, or None."""
    rows = Entry.objects.select_for_update() if lock else Entry.objects
    return rows.filter(body_id=body_id, service_id=service_id, uprn=uprn, ended_on=None).first()


def entries(*, body_ids, show: str, today: dt.date, kind: str = "", start: int = 0) -> Page:
    """Return entries, each with the return it owes (None where none is any more), the day due longest ago first.

    `show` is one of SHOWS; `kind` the id of a service, "" for all of them.
    """
    of_kind = Q(service_id=kind) if kind else Q()
    if show == "ended":
        rows = Entry.objects.filter(of_kind, body_id__in=body_ids, ended_on__isnull=False).order_by("-ended_on", "pk")
        return _page([(row, None) for row in rows[start : start + PAGE + 1]], start)
    rows = _owed(body_ids, kind).filter(_shown(today)[show]).select_related("entry").order_by("due_on", "pk")
    return _page([(row.entry, row) for row in rows[start : start + PAGE + 1]], start)


def _owed(body_ids, kind: str = ""):
    rows = Due.objects.filter(body_id__in=body_ids, filed_on=None, entry__ended_on=None)
    return rows.filter(entry__service_id=kind) if kind else rows


def _shown(today: dt.date) -> dict[str, Q]:
    return {
        "late": Q(due_on__lt=today),
        "soon": Q(due_on__range=(today, today + rules.SOON)),
        "all": Q(),
        "unknown": Q(entry__case_id=None),
    }


def counted(*, body_ids, kind: str = "", today: dt.date) -> dict[str, int]:
    """Return {show: number} of the open entries, as `entries` would list them. One statement."""
    shown = _shown(today)
    return _owed(body_ids, kind).aggregate(**{name: Count("pk", filter=rule) for name, rule in shown.items()})


@dataclass(frozen=True)
class Figures:
    """How one kind of return fares at some bodies: owed and late now, and what became of those due in a year."""

    service_id: str
    owed: int
    late: int
    in_time: int
    filed_late: int
    not_yet: int

    @property
    def of(self) -> int:
        """How many were due in the year."""
        return self.in_time + self.filed_late + self.not_yet


def figures(*, body_ids, today: dt.date) -> list[Figures]:
    """Return the figures of each kind of return, by service; the year is the one before today. One statement.

    A first return that nobody had asked for was due on no day, and counts for none.
    """
    open_ = Q(filed_on=None, entry__ended_on=None)
    year = Q(due_on__range=(today - dt.timedelta(days=365), today - dt.timedelta(days=1)), asked=True)
    rows = Due.objects.filter(body_id__in=body_ids).values("entry__service_id").order_by("entry__service_id")
    counts = rows.annotate(
        owed=Count("pk", filter=open_), late=Count("pk", filter=open_ & Q(due_on__lt=today)),
        in_time=Count("pk", filter=year & Q(filed_on__lte=F("due_on"))),
        filed_late=Count("pk", filter=year & Q(filed_on__gt=F("due_on"))),
        not_yet=Count("pk", filter=year & open_),
    )  # fmt: skip
    return [Figures(service_id=row.pop("entry__service_id"), **row) for row in counts]


def to_be_written_to(*, body_ids, kind: str = "", today: dt.date) -> list[Due]:
    """Return the returns due soon or late of entries that nobody has filed for yet, by day: officers write to these."""
    shown = _shown(today)
    rows = _owed(body_ids, kind).filter(shown["unknown"], shown["late"] | shown["soon"])
    return list(rows.select_related("entry").order_by("due_on", "pk"))


def kinds(body_id: int, today: dt.date) -> dict[str, str]:
    """Return {service id: title} of the returns that a body sees to on a day, its own and others', by title."""
    found = {row.service_id: catalogue.definition(row.version_id) for row in _seen_to(body_id, today)}
    titles = {name: one.title.en for name, one in found.items() if _filing(one) is not None}
    return dict(sorted(titles.items(), key=lambda one: one[1]))


def _seen_to(body_id: int, today: dt.date) -> list:
    """Return the adoptions whose work a body does: it is in its register that such a return is entered."""
    return [row for row in sharing.adoptions(today) if row.provider_id == body_id]


def _filing(definition):
    """Return the step of a definition that files a return, or None."""
    return next((step for step in definition.steps.values() if step.performs == FILES), None)


def rhythm_of(body_id: int, service_id: str, today: dt.date) -> rules.Rhythm | None:
    """Return the rule by which a body sees to a return, None where it sees to no such."""
    adopted = next((row for row in _seen_to(body_id, today) if row.service_id == service_id), None)
    step = _filing(catalogue.definition(adopted.version_id)) if adopted else None
    return rules.rhythm(step.using) if step else None


def first_due(told: rules.Rhythm, today: dt.date) -> dt.date:
    """Return when a return is first due that is asked for from today on."""
    start = rules.counted_from(told, filed=today, said=None, due=today)
    return rules.next_due(told, start, england())


def is_ours(body_id: int, service_id: str, place: dict, today: dt.date) -> bool:
    """Return whether a body sees to the returns of this kind that are owed at a place."""
    owed_to = bodies.responsible(catalogue.current(service_id).definition.work, place).body_id
    adopted = sharing.adoption(owed_to, service_id, today) if owed_to else None
    return adopted is not None and adopted.provider_id == body_id


def read_file(*, body_id: int, service_id: str, text: str, today: dt.date) -> rules.Report:
    """Return what a file of those who owe a return holds (`rules.read`); nothing is written."""
    homes = bodies.places_of_dwellings([row.uprn for row in rules.read(text, lambda row: "").good])
    rows = Entry.objects.filter(body_id=body_id, service_id=service_id, ended_on=None, uprn__in=list(homes))
    here = set(rows.values_list("uprn", flat=True))

    def judge(row: rules.Row) -> str:
        home = homes.get(row.uprn)
        if home is None:
            return f"We know no address {row.uprn}. Take in the addresses first, or leave this line out."
        if row.uprn in here:
            return rules.HERE
        if not is_ours(body_id, service_id, home, today):
            return "Another council does that at this address. Leave this line out, and give it to them."
        if row.due_on and not rules.sensible(row.due_on, today):
            return "The column due holds a day that is more than a year ago, or more than five years ahead."
        return ""

    return rules.read(text, judge)


def labels(uprns: list[str]) -> dict[str, str]:
    """Return {uprn: how the address is called}."""
    return {uprn: place["label"] for uprn, place in bodies.places_of_dwellings(uprns).items()}


def find_addresses(text: str) -> list[tuple[str, str]]:
    """Return [(uprn, how it is called)] of the addresses that words, a postcode or a number may mean, at most 30."""
    text = text.strip()
    if text.isascii() and text.isdigit() and (known := labels([text])):
        return list(known.items())
    return [(place["uprn"], place["label"]) for place in bodies.find_places(text, 90) if place.get("uprn")][:30]


def _page(found: list, start: int) -> Page:
    return Page(found[:PAGE], start + PAGE if len(found) > PAGE else 0)


def changes(of: Entry) -> list[Change]:
    """Return what officers did to an entry, the newest first."""
    return list(of.changes.order_by("-at", "-pk"))


def dues(of: Entry) -> list[Due]:
    """Return the returns of an entry, the newest first."""
    return sorted(of.dues.all(), key=lambda due: -due.number)


def filed_by(body_id: int, case_id: UUID) -> Due | None:
    """Return the return that a case filed, or None."""
    return Due.objects.filter(body_id=body_id, case_id=case_id).select_related("entry").first()


def owed_after(body_id: int, case_id: UUID) -> Due | None:
    """Return the return still owed after the one that a case filed; None once another was filed, or none is owed."""
    rows = Due.objects.filter(body_id=body_id, filed_on=None, entry__ended_on=None, entry__case_id=case_id)
    return rows.first()


def title(service_id: str) -> dict:
    """Return the name of a service as {en, cy}: what kind of return it is, also of one that is asked for no more."""
    return catalogue.titles([service_id])[service_id].model_dump()


def told(one: Due, today: dt.date) -> tuple[str, str]:
    """Return (code, words) of how a return stands on a day."""
    code = rules.standing(one.due_on, one.filed_on, today)
    return code, STANDING[code]


def of_cases(case_ids: list[UUID]) -> list[Entry]:
    """Return the entries whose last return one of these cases filed, with all their returns, by what is due next."""
    rows = Entry.objects.filter(case_id__in=case_ids, ended_on=None, dues__filed_on=None)
    return list(rows.order_by(F("dues__due_on"), "pk").prefetch_related("dues"))


def owed_by(case_ids: list[UUID], day: dt.date, language: str) -> list[Owed]:
    """Return what is due soon or late of the entries whose last return one of these cases filed, by day."""
    found = []
    for row in of_cases(case_ids):
        due = next(one for one in row.dues.all() if one.filed_on is None)
        if due.due_on > day + rules.SOON:
            continue
        words, late = title(row.service_id), due.due_on < day
        said = {
            "title": words.get(language) or words["en"],
            "address": row.label,
            "day": date_words(due.due_on, language),
        }
        sentence = (
            _("%(title)s, %(address)s: was due by %(day)s") if late else _("%(title)s, %(address)s: due by %(day)s")
        )
        found.append(Owed(sentence % said, reverse("returns:mine"), late))
    return found


def held_about(case_ids: list[UUID]) -> dict[str, list[dict]]:
    """Return, by heading, plain rows of what returns keep about the people of these cases."""
    rows = Entry.objects.filter(case_id__in=case_ids).order_by("opened_at").prefetch_related("changes")
    return {
        "Returns": [
            {"address": row.label, "service": row.service_id, "since": row.opened_at.isoformat(), "ended": row.why,
             "changes": [_in_a_line(one) for one in row.changes.all()]}
            for row in rows
        ]
    }  # fmt: skip


def _in_a_line(one: Change) -> str:
    return " ".join(filter(None, [one.at.isoformat(), one.kind, one.was, one.became, one.why]))

"""Reading what is public: figures of promises, and the register of shared arrangements."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.promises import queries as promises
from moothall.scrutiny.models import Arrangement, Figure
from moothall.scrutiny.rules.figures import Published, are_thin, by_quarter, every_month, publish, quarter_of
from moothall.scrutiny.rules.figures import Row as Count
from moothall.scrutiny.rules.register import Row
from moothall.sharing import queries as sharing


def series(*, service_id: str, body_id: int, on: dt.date) -> tuple[list[Published], bool]:
    """Return a year of a body's service up to a day, and whether it is told by quarters because months are thin."""
    rows = [Count(f.month, f.kept, f.missed) for f in Figure.objects.filter(service_id=service_id, body_id=body_id)]
    return told(rows, on)


def board(*, on: dt.date) -> dict[tuple[str, int], tuple[list[Published], bool]]:
    """Return the year of every service and body, as `series` gives it, by (service, body). One statement."""
    counts: dict[tuple[str, int], list[Count]] = {}
    for figure in Figure.objects.filter(month__gte=dt.date(on.year - 2, on.month, 1)).order_by("service_id", "body_id"):
        row = Count(figure.month, figure.kept, figure.missed)
        counts.setdefault((figure.service_id, figure.body_id), []).append(row)
    return {key: told(rows, on) for key, rows in counts.items()}


def told(rows: list[Count], on: dt.date) -> tuple[list[Published], bool]:
    """Return what may be published of monthly counts for the year up to a day, and whether it is by quarters."""
    quarterly_start = quarter_of(on)
    year = every_month(rows, on)
    if not are_thin(year):
        return publish(year), False
    months = 12 + (on.month - quarterly_start.month)
    return publish(by_quarter(every_month(rows, on, months + 1)), quarterly=True), True


def performance(*, on: dt.date) -> list[tuple[int, str]]:
    """Return every (body, service) that decided a promise in the last two years, in order."""
    since = dt.date(on.year - 2, on.month, 1)
    return list(
        Figure.objects.filter(month__gte=since)
        .values_list("body_id", "service_id")
        .distinct()
        .order_by("service_id", "body_id")
    )


Ask = tuple[int, str, dt.date, dt.date]
"""A body, a service, and the time asked about: the first day and the day after the last."""


def kept(asks: Iterable[Ask]) -> dict[Ask, tuple[int, int]]:
    """Return (kept, of how many) for each ask: of the months from that of its first day that began before its last.

    A body's are also those of the bodies whose place it took. Too few to publish are left out. One statement.
    """
    wanted = {ask: set(bodies.lineage(ask[0])) for ask in asks}
    if not wanted:
        return {}
    rows = Figure.objects.filter(
        body_id__in=set().union(*wanted.values()), service_id__in={service for _, service, _, _ in wanted},
        month__gte=min(first for _, _, first, _ in wanted).replace(day=1), month__lt=max(last for *_, last in wanted),
    )  # fmt: skip
    by_service: dict[str, list[Figure]] = {}
    for row in rows:
        by_service.setdefault(row.service_id, []).append(row)
    found = {}
    for ask, whose in wanted.items():
        _, service, first, last = ask
        mine = [
            row for row in by_service.get(service, ())
            if row.body_id in whose and first.replace(day=1) <= row.month < last
        ]  # fmt: skip
        (told,) = publish([Count(first, sum(row.kept for row in mine), sum(row.missed for row in mine))])
        if told.total and told.kept is not None:
            found[ask] = (told.kept, told.total)
    return found


def register(on: dt.date, lang: str = "en") -> list[Row]:
    """Return every shared arrangement as it stands on a day, by name: partnerships run here, and those registered."""
    verified = promises.verified_by_partnership()
    here = [_partnership(one, verified.get(one.id), lang) for one in sharing.partnerships(on)]
    return sorted(
        [*here, *(_arrangement(one, on) for one in Arrangement.objects.all())], key=lambda r: r.name.casefold()
    )


def _partnership(one: sharing.Partnership, verified: int | None, lang: str) -> Row:
    terms = one.terms
    hidden = terms.hidden("savings") if terms.savings is None else None
    return Row(
        reference=one.slug, name=(one.name_cy if lang == "cy" else "") or one.name, kind=one.model,
        members=[bodies.body(b).name for b in one.members or terms.member_ids],
        services=[service.title for service in terms.services],
        state="proposed" if one.state == "refused" else one.state,
        starts=str(one.starts or ""), ends=str(one.ends or ""), why_ended=one.why_ended,
        promised_pence=terms.savings.pence_a_year if terms.savings else None,
        promised_words=SAID[lang]["hidden"].format(day=hidden.expires) if hidden else
        SAID[lang]["a year"] if terms.savings else "",
        verified_pence=verified, verified_source=SAID[lang]["ledger"] if verified is not None else "",
        source=terms.savings.source if terms.savings else "",
        address=reverse("sharing:partnership", args=[one.slug]),
    )  # fmt: skip


SAID = {
    "en": {
        "hidden": "withheld until {day}", "a year": "a year", "ledger": "Ledger entries, followed on this platform",
    },
    "cy": {
        "hidden": "heb ei ddangos tan {day}", "a year": "y flwyddyn",
        "ledger": "Cofnodion cyfriflyfr, i'w dilyn ar y platfform hwn",
    },
}  # fmt: skip


def _arrangement(one: Arrangement, on: dt.date) -> Row:
    ended = one.ends and one.ends <= on.isoformat()[: len(one.ends)]
    return Row(
        reference=one.reference, name=one.name, kind=one.kind, members=one.members, services=one.services,
        state="ended" if ended else "running", starts=one.starts, ends=one.ends, why_ended=one.why_ended,
        promised_pence=one.promised_pence, verified_pence=one.verified_pence, verified_source=one.verified_source,
        source=one.source,
    )  # fmt: skip

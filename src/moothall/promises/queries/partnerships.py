"""Evidence of a partnership gathered from the chapters below, runs that were stored, and how it fares today."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel
from ruamel.yaml import YAML

from moothall.bodies import queries as bodies
from moothall.casework import queries as casework
from moothall.functions.links import queries as links
from moothall.promises.models import CaseTime, FitRun, Measurement, Warning
from moothall.promises.queries.keeping import kept_of
from moothall.promises.rules.contributions import PutIn, key
from moothall.promises.rules.fit import Evidence, Finding, Member, Supply
from moothall.promises.rules.health import AimReached, Health, Kept, Work, health_of
from moothall.promises.rules.outside import Outside, won
from moothall.promises.rules.thresholds import thresholds
from moothall.sharing import queries as sharing
from moothall.sharing.queries import Partnership

RULES = Path(__file__).parents[1] / "rules"
YEAR = dt.timedelta(days=365)


class CameTrue(BaseModel):
    """Which finding a published case came to bear out, and how."""

    finding: str
    what: str


class Replay(BaseModel):
    """A case told again from what was on record at its start."""

    slug: str
    title: str
    source: str
    on_record: str
    evidence: Evidence
    came_true: CameTrue | None = None


@cache
def replays(folder: str) -> tuple[Replay, ...]:
    """Return the worked cases of a folder: "replays" were published, "healthy" are invented."""
    read = YAML(typ="safe")
    return tuple(Replay(slug=path.stem, **read.load(path)) for path in sorted((RULES / folder).glob("*.yaml")))


def evidence_of(found: Partnership, on: dt.date) -> Evidence:
    """Return what the platform knows of a partnership on a day: its terms, and a year of its members' work.

    Of other bodies' systems and withheld terms it knows what the scope shows.
    """
    terms, ids = found.terms, found.member_ids or found.terms.member_ids
    asked = defaultdict(dict)
    for body, _provider, service, cases in casework.work_done(ids, on - YEAR, on):
        asked[body][service] = asked[body].get(service, 0) + cases
    known = {service for one in asked.values() for service in one}
    offers = {b: tuple(sorted({one.service_id for one in sharing.adoptions(on, body_id=b)})) for b in ids}
    supplies = tuple(
        Supply(provider=bodies.body(one.provider).name, receiver=bodies.body(to).name, service=one.title,
               requests=asked[to].get(one.service_id) if one.service_id in known else None)
        for one in terms.services for to in one.receivers if to != one.provider
    )  # fmt: skip
    titles = {one.service_id: one.title for one in terms.services if one.service_id}
    return Evidence(
        on=on, model=terms.model,
        members=tuple(
            Member(name=bodies.body(b).name, homes=bodies.homes(b) or None, services=offers[b],
                   requests={titles[s]: n for s, n in asked[b].items() if s in titles})
            for b in ids
        ),
        near_aims=sum(one.when == "near" for one in terms.aims),
        far_aims=sum(one.when == "far" for one in terms.aims),
        saving_pence=terms.savings.pence_a_year if terms.savings else None,
        saving_measured=any(one.unit.strip() in ("£", "pounds") for one in terms.aims),
        supplies=supplies,
        unneeded=tuple(one.title for one in terms.services if not set(one.receivers) - {one.provider}),
        systems_apart=_systems_apart(ids, terms), systems_given_up=len(terms.systems), powers=len(terms.powers),
        declared=len({one.body_id for one in terms.interests} & set(ids)),
        treatments=sum(len(many) for many in sharing.model_facts(terms.model, on).values()),
        notice_months=terms.exit.notice_months if terms.exit else None,
        leaving_pence=terms.exit.cost_pence if terms.exit else None,
    )  # fmt: skip


def _systems_apart(ids, terms) -> int:
    """Return how many systems outside this platform are known to do members' work: named in the terms, or linked."""
    linked = {(one.body_id, one.function) for one in links.systems() if one.body_id in ids and one.on}
    return max(len(terms.systems), len(linked))


def runs(partnership_id: UUID) -> list[FitRun]:
    """Return the runs of a partnership's fit test, newest first."""
    return list(FitRun.objects.filter(partnership_id=partnership_id).order_by("-ran_at")[:50])


def last_run(partnership_id: UUID) -> FitRun | None:
    """Return the newest run of a partnership's fit test, or None before the first."""
    return FitRun.objects.filter(partnership_id=partnership_id).order_by("-ran_at").first()


def findings(run: FitRun) -> list[Finding]:
    """Return what a run found."""
    return [Finding.model_validate(one) for one in run.findings]


def due(run: FitRun | None, on: dt.date) -> bool:
    """Return whether the yearly fit test is due on a day."""
    return run is None or run.day + YEAR <= on


def health(found: Partnership, on: dt.date, *, months: int = 12) -> Health:
    """Return how a partnership fares: the year's work for each other, aims, promises kept, and what warns."""
    ids = found.member_ids
    first = max(on - dt.timedelta(days=30 * months), found.starts or on)
    shared = {one.service_id for one in found.terms.services if one.service_id}
    work = [
        Work(provider, body, service, cases)
        for body, provider, service, cases in casework.work_done(ids, first, on)
        if provider != body and provider in ids
    ]
    measured = {}
    for one in Measurement.objects.filter(partnership_id=found.id, day__lte=on).order_by("day", "recorded_at", "id"):
        measured[one.aim] = one
    won_outside = outside(found, first, on)
    aims = [
        _counted(aim, won_outside, on) if aim.counts else _reached(aim, measured.get(aim.words), on)
        for aim in found.terms.aims
    ]
    counts = kept_of([(body, service, first, on) for body in ids for service in sorted(shared)])
    kept = []
    for body in ids:
        known = [count for (whose, *_), count in counts.items() if whose == body]
        kept.append(Kept(body, sum(k for k, _ in known), sum(t for _, t in known)))
    return health_of(
        members=ids, work=work, times=times(ids, on), aims=aims, kept=kept, promised_ways=_ways(found),
        systems=found.terms.systems, outside=won_outside, put_in=_put_in(found, measured, on),
        starts=found.starts or on, first=first, on=on,
        limits=thresholds(on),
    )  # fmt: skip


def shows_contributions(found: Partnership, on: dt.date) -> bool:
    """Return whether a partnership's terms show everybody, on a day, who puts in what."""
    hidden = found.terms.hidden("contributions")
    return found.terms.contributions is not None and (hidden is None or hidden.expires <= on)


def _put_in(found: Partnership, measured: dict[str, Measurement], on: dt.date) -> list[PutIn] | None:
    """Return what members promised to put in and what was recorded of it; None while the terms withhold it."""
    if not shows_contributions(found, on):
        return None
    rows = []
    for one in found.terms.contributions:
        last = measured.get(key(one.body_id, one.what))
        told = (last.figure, last.day, last.source) if last else (None, None, "")
        rows.append(PutIn(one.body_id, one.what, one.pence_a_year, *told))
    return rows


def outside(found: Partnership, first: dt.date, on: dt.date) -> list[Outside]:
    """Return what members did for bodies that are no members, with its published price and the staff time it took."""
    ids = found.member_ids
    taken = times(ids, on)
    return [
        Outside(
            provider, body, service, cases, sharing.price_of_work(provider, body, service, cases, first, on),
            None if (each := taken.get((provider, service))) is None else each * cases,
        )
        for body, provider, service, cases in casework.work_for_others(ids, first, on)
    ]  # fmt: skip


def times(body_ids: list[int], on: dt.date) -> dict[tuple[int, str], int]:
    """Return {(body, service): minutes of staff time for one request}, the newest that was measured by a day."""
    rows = CaseTime.objects.filter(body_id__in=body_ids, day__lte=on).order_by("day", "recorded_at")
    return {(row.body_id, row.service_id): row.minutes for row in rows}


def _ways(found: Partnership) -> int:
    """Return in how many directions the terms promise work: 1 where all of it goes one way."""
    return len({(one.provider, to) for one in found.terms.services for to in one.receivers if to != one.provider})


def _reached(aim, measurement: Measurement | None, on: dt.date) -> AimReached:
    if measurement is None:
        return _aim(aim, on, None, None, "")
    return _aim(aim, on, measurement.figure, measurement.day, measurement.source)


def _counted(aim, rows: list[Outside], on: dt.date) -> AimReached:
    figure = won(rows, aim.counts)
    return _aim(aim, on, figure, None if figure is None else on, "")


def _aim(aim, on: dt.date, figure: Decimal | None, day: dt.date | None, source: str) -> AimReached:
    reached = figure is not None and (figure >= aim.target if aim.direction == "at-least" else figure <= aim.target)
    return AimReached(
        words=aim.words, words_cy=aim.words_cy, target=Decimal(aim.target), unit=aim.unit, due=aim.due, figure=figure,
        day=day, source=source, reached=reached, late=aim.due < on and not reached, counts=aim.counts,
    )  # fmt: skip


def sent(about: list[UUID], body_id: int) -> set[tuple[UUID, str]]:
    """Return (about what, finding) of which a body's people were warned already: partnerships, savings or plans."""
    return set(Warning.objects.filter(about_id__in=about, body_id=body_id).values_list("about_id", "finding"))

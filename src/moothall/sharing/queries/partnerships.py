"""Which partnerships there are, how each stands on a day, and what its terms say to whoever reads them."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from pydantic import ValidationError

from moothall.bodies import queries as bodies
from moothall.core.refusal import NotYours
from moothall.sharing.models import Decision, TermsDraft, Withheld
from moothall.sharing.models import Partnership as Row
from moothall.sharing.models import Terms as TermsRow
from moothall.sharing.rules.agreeing import Decided, Standing, Version, standing
from moothall.sharing.rules.terms import Terms, problems

BASICS = ("name", "name_cy", "purpose", "purpose_cy", "starts", "ends")


class UnknownPartnership(NotYours):
    """We do not know that partnership. Choose one from the list of partnerships."""


@dataclass(frozen=True)
class Told:
    """One version of the terms as its reader may see it, with the decisions on it."""

    id: UUID
    number: int
    terms: Terms
    proposer_id: int
    proposed_at: dt.datetime
    because: str
    decisions: tuple[Decision, ...]
    holds_from: dt.date | None
    waiting: tuple[int, ...]
    refused: tuple[int, ...]


@dataclass(frozen=True)
class Partnership:
    """A partnership as it stands on a day.

    `terms` are those in force, else those last in force, else those proposed first. `starts` is the first day of it,
    None until all agreed; `ends` the first day without it. `member_ids` are the members of the day, or of the last day.
    `members` is {body: (from, until or None)}. `state` is proposed, running, ended or refused.
    """

    id: UUID
    slug: str
    name: str
    name_cy: str
    model: str
    state: str
    member_ids: tuple[int, ...]
    members: dict[int, tuple[dt.date, dt.date | None]]
    starts: dt.date | None
    ends: dt.date | None
    why_ended: str
    continuing: tuple[str, ...]
    terms: Terms
    number: int
    versions: tuple[Told, ...] = field(repr=False, default=())

    def version(self, number: int) -> Told:
        """Return one version; refuses a number there is not."""
        found = next((one for one in self.versions if one.number == number), None)
        if found is None:
            raise UnknownPartnership("There is no version of that number. Choose one from the partnership's page.")
        return found

    def concerns(self, body_id: int) -> bool:
        """Return whether a body takes or took part, or was asked to."""
        return body_id in self.members or any(body_id in one.terms.member_ids for one in self.versions)

    def waits_for(self, body_id: int) -> list[Told]:
        """Return the versions that a body is asked to decide on."""
        return [one for one in self.versions if body_id in one.waiting]


def partnerships(on: dt.date, body_id: int | None = None, *, service_id: str = "") -> list[Partnership]:
    """Return the partnerships as they stand on a day, by name: of one body (member or asked), about one service."""
    rows = Row.objects.all()
    found = [one for one in _read(list(rows), on) if body_id is None or one.concerns(body_id)]
    if service_id:
        found = [one for one in found if any(s.service_id == service_id for s in one.terms.services)]
    return sorted(found, key=lambda one: one.name.casefold())


def partnership(slug: str, on: dt.date) -> Partnership:
    """Return one partnership as it stands on a day. Raises UnknownPartnership."""
    row = Row.objects.filter(slug=slug).first()
    if row is None:
        raise UnknownPartnership
    return _read([row], on)[0]


def partnership_of(partnership_id: UUID, on: dt.date) -> Partnership:
    """Return one partnership by its id, as it stands on a day. Raises UnknownPartnership."""
    row = Row.objects.filter(pk=partnership_id).first()
    if row is None:
        raise UnknownPartnership
    return _read([row], on)[0]


def papers_of(data: dict) -> set[str]:
    """Return the digests of the files that terms being written hold."""
    return {one["file"]["digest"] for one in data.get("documents") or () if one.get("file")}


def drafts(body_id: int) -> list[TermsDraft]:
    """Return the terms that a body is writing, last changed first."""
    return list(TermsDraft.objects.filter(body_id=body_id).select_related("partnership").order_by("-changed_at")[:100])


def draft(draft_id: UUID) -> TermsDraft:
    """Return terms being written; refuses what is not there or not one's own."""
    found = TermsDraft.objects.filter(pk=draft_id).select_related("partnership").first()
    if found is None:
        raise NotYours("We cannot find those terms. Choose them from your partnerships.")
    return found


def ready(data: dict, on: dt.date) -> tuple[Terms | None, list[tuple[str, str]]]:
    """Return terms from their data, and what stands in the way of proposing them on a day: (part, what to do).

    The terms are None while they cannot be read at all.
    """
    try:
        terms = Terms.model_validate(data)
    except ValidationError as fault:
        wrong = {str(error["loc"][0]) for error in fault.errors()}
        parts = dict.fromkeys("basics" if one in BASICS else "model" if one == "lead" else one for one in sorted(wrong))
        return None, [(part, "Complete this part.") for part in parts]
    return terms, problems(terms, day=on, names=bodies.names())


def _read(rows: list[Row], on: dt.date) -> list[Partnership]:
    """Read partnerships whole: three statements, however many."""
    terms, decisions, secrets = defaultdict(list), defaultdict(list), defaultdict(dict)
    ids = [row.pk for row in rows]
    for one in TermsRow.objects.filter(partnership_id__in=ids).order_by("number"):
        terms[one.partnership_id].append(one)
    found = [one.pk for many in terms.values() for one in many]
    for one in Decision.objects.filter(terms_id__in=found).order_by("recorded_at", "id"):
        decisions[one.terms_id].append(one)
    for one in Withheld.objects.filter(terms_id__in=found):
        secrets[one.terms_id][one.part] = one.value
    return [_told(row, terms[row.pk], decisions, secrets, on) for row in rows]


def _told(row: Row, versions: list[TermsRow], decisions, secrets, on: dt.date) -> Partnership:
    whole = {one.number: Terms.model_validate(one.data | secrets[one.pk]) for one in versions}
    ends = {n: t.ending.on if t.ending else t.ends for n, t in whole.items()}
    stands = {b: bodies.stands_for(b, on=on) for one in versions for b in one.member_ids}
    asked = [
        Version(one.number, tuple(dict.fromkeys(stands[b] for b in one.member_ids)), whole[one.number].starts,
                ends[one.number])
        for one in versions
    ]  # fmt: skip
    said = [
        Decided(stands.get(d.body_id, d.body_id), d.kind, one.number, d.decided_on, d.effective)
        for one in versions
        for d in decisions[one.pk]
    ]
    how = standing(asked, said, on)
    shown = whole[how.number or versions[0].number]
    left = [d for one in versions for d in decisions[one.pk] if d.kind == "leave"]
    ending = _ending(whole, how)
    return Partnership(
        id=row.pk, slug=row.slug, name=shown.name, name_cy=shown.name_cy, model=shown.model, state=how.state,
        member_ids=_members(how, shown, on), members=_with_predecessors(how.members, stands),
        starts=how.since, ends=how.ended,
        why_ended=_why(ending, how, left), continuing=ending.continuing if ending else (), terms=shown,
        number=how.number or versions[0].number,
        versions=tuple(_version(one, whole[one.number], decisions[one.pk], how) for one in versions),
    )  # fmt: skip


def _version(row: TermsRow, terms: Terms, decisions: list[Decision], how: Standing) -> Told:
    return Told(
        row.pk, row.number, terms, row.proposer_id, row.proposed_at, row.because, tuple(decisions),
        how.holds_from.get(row.number), how.waiting.get(row.number, ()), how.refused.get(row.number, ()),
    )  # fmt: skip


def _ending(whole: dict[int, Terms], how: Standing):
    """Return the ending that ended it, or is to end it."""
    agreed = [whole[n].ending for n in how.holds_from if whole[n].ending and whole[n].ending.on == how.ended]
    return agreed[0] if agreed else None


def _members(how: Standing, shown: Terms, on: dt.date) -> tuple[int, ...]:
    if how.number is None:
        return shown.member_ids
    day = on if how.ended is None or on < how.ended else how.ended - dt.timedelta(days=1)
    now = [b for b, (first, until) in how.members.items() if first <= day and (until is None or until > day)]
    return tuple(sorted(now))


def _with_predecessors(members: dict, stands: dict[int, int]) -> dict:
    """Return the members with the bodies whose place some of them took: those until the day, these from it."""
    found = dict(members)
    for before, heir in stands.items():
        ended = bodies.body(before).ends if before != heir else None
        if ended and heir in members:
            first, until = members[heir]
            found[before], found[heir] = (min(first, ended), ended), (max(first, ended), until)
    return found


def _why(ending, how: Standing, left: list[Decision]) -> str:
    """Return why it ended in the members' own words; "" while it runs."""
    if how.ended is None:
        return ""
    if ending:
        return ending.why
    reasons = [d.reason for d in left if d.effective and d.effective <= how.ended]
    return " ".join(reasons)

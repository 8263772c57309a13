"""Finding people of one body, and those of them who may be the same."""

import json
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from moothall.people.models import ContactPoint, Name, Residence
from moothall.people.rules import normal
from moothall.people.rules.same import REASONS

from .identity import identity

FINDS, SUGGESTIONS = 15, 10
LAST = "￿"
"""Sorts after every letter: the end of a range of names that begin alike."""

SAME = """
with mine as materialized (
  select n.person_id, n.normal from people_name n
  where n.body_id = %(body)s and n.ends is null and (%(person)s::uuid[] is null or n.normal in (
    select normal from people_name where body_id = %(body)s and person_id = any(%(person)s::uuid[])))
), alike as (
  select a.person_id as one, b.person_id as other from mine a join mine b
    on a.normal = b.normal and a.person_id < b.person_id
  where %(person)s::uuid[] is null or a.person_id = any(%(person)s::uuid[]) or b.person_id = any(%(person)s::uuid[])
), found as (
  select l.one, l.other, 'birth' as reason from alike l
    join people_sourcerecord a on a.person_id = l.one and a.body_id = %(body)s
    join people_sourcerecord b on b.person_id = l.other and b.body_id = %(body)s and b.born = a.born
  union select l.one, l.other, a.kind from alike l
    join people_contactpoint a on a.person_id = l.one and a.body_id = %(body)s and a.kind in ('email', 'phone')
    join people_contactpoint b on b.person_id = l.other and b.body_id = %(body)s
      and b.kind = a.kind and b.normal = a.normal
  union select l.one, l.other, 'home' from alike l
    join people_residence a on a.person_id = l.one and a.body_id = %(body)s and a.uprn <> ''
    join people_residence b on b.person_id = l.other and b.body_id = %(body)s and b.uprn = a.uprn
)
select one, other, array_agg(distinct reason order by reason) from found f
where not exists (
  select 1 from people_link d where d.body_id = %(body)s and d.one_id = f.one and d.other_id = f.other
    and d.kind in ('link', 'apart')
    and not exists (select 1 from people_link later where later.body_id = d.body_id and later.one_id = d.one_id
      and later.other_id = d.other_id and later.id > d.id))
group by one, other
having (one, other) > (%(one)s::uuid, %(other)s::uuid)
order by one, other limit %(limit)s
"""
NIL = UUID(int=0)
ALIKE = """
select distinct c.key from jsonb_to_recordset(%(given)s::jsonb)
  as c (key int, normal text, born date, email text, phone text, uprn text)
join people_name n on n.body_id = %(body)s and n.normal = c.normal and n.ends is null
where exists (select 1 from people_sourcerecord r
    where r.body_id = %(body)s and r.person_id = n.person_id and r.born = c.born)
  or exists (select 1 from people_contactpoint p where p.body_id = %(body)s and p.person_id = n.person_id
    and (p.kind, p.normal) in (('email', c.email), ('phone', c.phone)))
  or exists (select 1 from people_residence h
    where h.body_id = %(body)s and h.person_id = n.person_id and h.uprn = c.uprn and c.uprn <> '')
"""
"""Who of some has the name of somebody known and one more thing, as `SAME` says it of two who are both known."""


@dataclass(frozen=True)
class Suggestion:
    """Two people of one body who may be one, and why it looks so (codes of `rules.same.REASONS`)."""

    one: UUID
    other: UUID
    reasons: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """Return the reasons in words."""
        return [REASONS[reason] for reason in self.reasons]


@dataclass
class Find:
    """Somebody who was found: their name, and the things that tell them from others of that name."""

    person_id: UUID
    name: str
    details: list[str] = field(default_factory=list)


def likely_same(person_id: UUID, body_id: int) -> list[Suggestion]:
    """Return who else in a body may be this person: same name and one more fact, exactly equal in normal form.

    Pairs that were linked or kept apart are not suggested again.
    """
    return _same(body_id, list(identity(person_id)), NIL, NIL, SUGGESTIONS)


def alike(body_id: int, given: dict[int, dict]) -> set[int]:
    """Return the keys of those who look like somebody a body knows: the same name and one more fact, exactly equal.

    `given` is {key: {"name", "born", "email", "phone", "uprn"}}, in any form. One statement, however many they are.
    """
    forms = [
        {
            "key": key, "normal": normal.name(one["name"]), "born": one["born"], "uprn": one["uprn"],
            "email": normal.email(one["email"]), "phone": normal.phone(one["phone"]) if one["phone"] else "",
        }
        for key, one in given.items()
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, {"given": json.dumps(forms, default=str), "body": body_id})
        return {key for (key,) in cursor.fetchall()}


def suggestions(body_id: int, after: tuple[UUID, UUID] | None = None, limit: int = SUGGESTIONS) -> list[Suggestion]:
    """Return pairs of a body who may be the same, in a fixed order, those after `after` (the last of a page)."""
    one, other = after or (NIL, NIL)
    return _same(body_id, None, one, other, limit)


def _same(body_id: int, person, one: UUID, other: UUID, limit: int) -> list[Suggestion]:
    with connection.cursor() as cursor:
        cursor.execute(SAME, {"body": body_id, "person": person, "one": one, "other": other, "limit": limit})
        return [Suggestion(row[0], row[1], tuple(row[2])) for row in cursor.fetchall()]


def find(text: str, body_id: int, limit: int = FINDS) -> list[Find]:
    """Return people of a body for a name (or its beginning), an e-mail address, a phone number or a postcode.

    At most four statements. Somebody decided to be the same as another is listed once.
    """
    ids = list(dict.fromkeys(_matching(text.strip(), body_id, limit)))
    found = shown(ids, body_id)
    return [found[i] for i in ids if i in found]


def shown(ids: list[UUID], body_id: int) -> dict[UUID, Find]:
    """Return people of a body by id, each with name, addresses and ways to reach them; at most three statements."""
    found: dict[UUID, Find] = {}
    if not ids:
        return found
    here = {"body_id": body_id, "person__in": ids, "ends": None}
    for row in Name.objects.filter(**here).order_by("full"):
        found.setdefault(row.person_id, Find(row.person_id, row.full))
    for kind, column in ((Residence, "address"), (ContactPoint, "value")):
        for row in kind.objects.filter(**here).order_by(column):
            if row.person_id in found and getattr(row, column) not in found[row.person_id].details:
                found[row.person_id].details.append(getattr(row, column))
    return found


def _matching(text: str, body_id: int, limit: int):
    """Return ids by the one index that fits what was typed; equality and ranges are what row security lets through."""
    digits = sum(letter.isdigit() for letter in text)
    if "@" in text:
        rows = ContactPoint.objects.filter(body_id=body_id, kind="email", normal=normal.email(text))
    elif digits >= 7 and not any(letter.isalpha() for letter in text):
        rows = ContactPoint.objects.filter(body_id=body_id, kind="phone", normal=normal.phone(text))
    elif digits and (code := normal.postcode(text)):
        rows = Residence.objects.filter(body_id=body_id, postcode=code)
    else:
        return _by_name(normal.name(text), body_id, limit)
    return rows.filter(ends=None).values_list("person_id", flat=True)[:limit]


def _by_name(wanted: str, body_id: int, limit: int) -> list[UUID]:
    if len(wanted) < 2:
        return []
    names = Name.objects.filter(body_id=body_id)
    whole = names.filter(normal__gte=wanted, normal__lt=wanted + LAST)
    family = names.filter(family__gte=wanted, family__lt=wanted + LAST)
    found = whole.union(family).order_by("normal").values_list("person_id", flat=True)[:limit]
    return list(found)

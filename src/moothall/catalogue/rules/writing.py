"""What to write: the words of the language at each place, and an example for each, shown beside an error."""

import types
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from moothall.catalogue.rules.definition import Definition

_TEXT = "{en: ..., cy: ...}"
WRITE = {
    "moothall": "moothall: 1",
    "id": "id: report-pothole (the folder's name)",
    "title": "title: {en: Report a pothole, cy: Rhoi gwybod am dwll yn y ffordd}",
    "summary": f"summary: {_TEXT}, two sentences on what this is",
    "who": "who: {en: Anyone can report this., cy: Gall unrhyw un roi gwybod am hyn.}",
    "topics": "topics: [roads]",
    "synonyms": "synonyms: {en: [hole in road, crater, bumpy road], cy: [twll]}",
    "done_by": "done_by: {work: highways, bodies: [county, unitary]}",
    "work": "work: highways",
    "bodies": "bodies: [county, unitary]",
    "basis": "basis: {law: [{name: ..., source: https://...}], lawful_basis: public task, keep: {years: 6, why: ...}}",
    "law": "law: [{name: Highways Act 1980 s.41, source: https://www.legislation.gov.uk/ukpga/1980/66/section/41}]",
    "lawful_basis": "lawful_basis: public task",
    "keep": "keep: {years: 6, why: Limitation Act 1980 s.5}",
    "why": "why: and the reason in words",
    "source": "source: https:// and where to read it",
    "contact": f"contact: {{needed: false, why: {_TEXT}}}",
    "ask": "ask: {where: {type: place, label: {en: Where is it?, cy: Ble mae e?}}}",
    "label": "label: {en: Where is it?, cy: Ble mae e?}",
    "options": "options: {dinner-plate: {en: A dinner plate, cy: Plât cinio}, larger: {en: Larger, cy: Mwy}}",
    "words": f"words: {_TEXT}, what one agrees to",
    "say": f"say: {_TEXT}, why not and where to go instead",
    "when": "when: answers.width == 'larger'",
    "promise": "promise: {acknowledge: at once, done_within: {days: 28}}",
    "done_within": "done_within: {days: 28}",
    "steps": "steps: {inspect: {by: highways.inspect, title: {en: ..., cy: ...}, within: {working_days: 5}}}",
    "by": "by: highways.inspect",
    "outcomes": "outcomes: {mended: {title: {en: Mended, cy: Wedi'i drwsio}}}",
    "messages": "messages: [{at: acknowledged, letter: acknowledged}, {at: late, letter: late}, ...]",
    "at": "at: acknowledged, late, closed, cancelled, reopened, reminded, offered, or a step's: inspect.done",
    "letter": "letter: acknowledged (for letters/acknowledged.en.md and acknowledged.cy.md)",
    "schema_org": "schema_org: {service_type: Road maintenance}",
    "service_type": "service_type: Road maintenance",
    "pence": "pence: 4000, or body.fee_pence",
    "per": f"per: {_TEXT}, what one pays for",
    "default": "default: 4000",
    "metres": "metres: 15",
    "days": "days: 28",
    "working_days": "working_days: 5",
    "hours": "hours: 2",
    "urgent": "urgent: {team: housing-options, ring: body.phone, hours: body.hours, otherwise: body.night_phone}",
    "team": "team: housing-options",
    "ring": "ring: body.phone",
    "otherwise": "otherwise: body.night_phone",
    "months": "months: 12",
    "en": "en: and the words in English",
    "cy": "cy: and the words in Welsh",
    "link": "link: https://...",
}


def words_at(loc):
    """Return the words that may stand at a place of a definition, as pydantic names places.

    >>> words_at(("promise",))
    ['acknowledge', 'done_within', 'counts']
    """
    place = Definition
    for part in loc:
        place = _inside(place, part)
    model = next((m for m in _choices(place) if isinstance(m, type) and issubclass(m, BaseModel)), Definition)
    return [field.alias or name for name, field in model.model_fields.items()]


def _choices(place):
    """Return the types that a type stands for: itself, or the members of a union."""
    if get_origin(place) is Annotated:
        return _choices(get_args(place)[0])
    if get_origin(place) in (Union, types.UnionType):
        return [choice for member in get_args(place) for choice in _choices(member)]
    return [place]


def _inside(place, part):
    """Return the type of one part: a field, an entry of a list, or the member of a union that a tag names."""
    for choice in _choices(place):
        if get_origin(choice) in (dict, tuple):
            inner = [a for a in get_args(choice) if a is not Ellipsis]
            return inner[-1]
        if isinstance(choice, type) and issubclass(choice, BaseModel):
            tag = choice.model_fields.get("type")
            if tag and get_origin(tag.annotation) is Literal and get_args(tag.annotation)[0] == part:
                return choice
            for name, field in choice.model_fields.items():
                if part in (name, field.alias):
                    return field.annotation
    return place

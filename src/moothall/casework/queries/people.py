"""How those concerned by a case can be reached."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from moothall.casework.models import Follower
from moothall.casework.queries.file import CaseFile
from moothall.casework.queries.needs import needs_of
from moothall.casework.rules.contact import may_write
from moothall.people import queries as people


@dataclass(frozen=True)
class Address:
    """Where one person is reached: `channel` is email, sms or letter."""

    channel: str
    to: str
    person_id: UUID | None = None


WAYS = (("email", "email"), ("sms", "phone"), ("letter", "address"))


def address_of(contact: dict, person_id: UUID | None = None) -> Address | None:
    """Return where a contact is reached, e-mail before text message before letter; None where they left no address."""
    for channel, key in WAYS:
        if contact.get(key):
            to = contact[key]
            if channel == "letter" and contact.get("name"):
                to = f"{contact['name']}\n{to}"
            return Address(channel, to, person_id)
    return None


def resident_address(file: CaseFile) -> Address | None:
    """Return where the resident of a case is reached: the contact given with it, else what their person's is.

    Who asked for urgent help is not written to, unless they said that it is safe.
    """
    person_id = file.case.person_id
    if file.case.only_team and not may_write(file.contact):
        return None
    given = address_of(file.contact, person_id)
    if given or person_id is None:
        return given
    return address_of(people.contact_of(person_id), person_id)


def paper_address(file: CaseFile) -> tuple[Address, str] | None:
    """Return where the resident of a case is sent letters besides, and in which format; None where they need none.

    Who reads another format than ordinary print, and said where to, has each letter in it on paper too: the e-mail or
    text message comes at once, and says by when; the letter is what they can read.
    """
    made_as, first = people.need_of_kind(needs_of(file), "format"), resident_address(file)
    if not made_as or first is None:
        return None
    if first.channel == "letter":
        return first, made_as
    if file.case.only_team:  # whoever opens a letter at home could read it
        return None
    person_id = file.case.person_id
    known = people.contact_of(person_id) if person_id and not file.contact.get("address") else {}
    paper = address_of({key: file.contact.get(key) for key in ("name", "address")}, person_id)
    paper = paper or address_of({key: known.get(key) for key in ("name", "address")}, person_id)
    return (paper, made_as) if paper else None


def concerned_addresses(file: CaseFile, on: dt.date) -> list[Address]:
    """Return where those are reached whom a letter about a case is for: the resident, and who helps them.

    A helper is written to beside the resident or instead, as the resident said; of an urgent referral never.
    """
    resident, person_id = resident_address(file), file.case.person_id
    if person_id is None or file.case.only_team:
        return [resident] if resident else []
    helpers = people.written_to(people.identity(person_id), file.case.service_id, on)
    reached = [(one.written, address_of({"email": one.email, "phone": one.phone}, one.agent_id)) for one in helpers]
    reached = [(written, address) for written, address in reached if address]
    alone = any(written == "instead" for written, _ in reached)
    found = [*([] if alone or not resident else [resident]), *(address for _, address in reached)]
    return list({address.to: address for address in found}.values())


def follower_addresses(file: CaseFile) -> list[Address]:
    """Return where those are reached who follow a case; none twice."""
    found = (address_of(f.contact, f.person_id) for f in Follower.objects.filter(case_id=file.case.pk, stopped_at=None))
    return list({a.to: a for a in found if a}.values())

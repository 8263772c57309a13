"""Who asks, for what, where, and in which words."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from random import Random
from uuid import UUID

from django.conf import settings

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.people import queries as people
from moothall.simulation.queries import stories_of_one_body
from moothall.simulation.rules.county import marchshire
from moothall.simulation.rules.names import Names
from moothall.simulation.rules.needs import needs_of, on_paper
from moothall.simulation.rules.personas import RESIDENT
from moothall.simulation.rules.policies import SURFACED
from moothall.simulation.rules.year import Request

HOMES = 700
DESKS = {"phone", "visit"}
HER_SHARE = 140
"""One request in so many is made by the resident of the stories."""
GUARANTEED = 4
"""How many holes in a hundred are on streets that were surfaced under the contract."""


@dataclass(frozen=True)
class Asked:
    """One request as `open_case` takes it, with who makes it and what they may see."""

    words: dict
    by: Actor
    doer: int
    bodies: tuple[int, ...] = ()
    account: int | None = None
    person: UUID | None = None


@dataclass(frozen=True)
class Asker:
    """An invented resident."""

    name: str
    email: str
    phone: str
    uprn: str
    postcode: str
    district: int


class Crowd:
    """Residents, their homes and what they say; the same for the same seed."""

    def __init__(self, *, seed: int, at: dt.datetime, by: Actor):
        random = Random(f"crowd/{seed}")  # noqa: S311
        names = Names(random)
        county = marchshire(seed)
        self.surfaced = [s["usrn"] for s in county.streets if (s["name"], s["locality"]) in SURFACED]
        known = {home.uprn for home in bodies.dwellings([home["uprn"] for home in county.dwellings])}
        homes = [home for home in county.dwellings if home["uprn"] in known]
        homes = random.sample(homes, min(HOMES, len(homes)))
        self.askers = [self._asker(n, home, names) for n, home in enumerate(homes)]
        self.answers = {
            path.parent.name: stories_of_one_body(path.parent.name)
            for path in Path(settings.SERVICES).glob("*/service.yaml")
        }
        definitions = {service_id: catalogue.current(service_id).definition for service_id in self.answers}
        self.works = {service_id: definition.work for service_id, definition in definitions.items()}
        self.chosen_or_paid = {
            service_id
            for service_id, definition in definitions.items()
            if any(step.performs in THEIR_PART for step in definition.steps.values())
        }
        self.desks = self._advisers(at)
        self.account = Account.objects.filter(email=RESIDENT.email).first()
        self.person = self._person()

    def _asker(self, n: int, home: dict, names: Names) -> Asker:
        name = names.person()
        email = f"{name.lower().replace(' ', '.')}.{n}@people.example"
        phone = f"07700 900{n % 1000:03d}"
        district = bodies.responsible("waste-collection", home).body_id
        return Asker(name, email, phone, home["uprn"], home["postcode"], district)

    def _person(self) -> UUID | None:
        """Return the person of the resident of the stories, where she is settled."""
        if self.account is None:
            return None
        with scoped(Scope(account=self.account.pk, purpose="simulation")):
            return people.person_for_account(self.account.pk)

    def _hers(self, request: Request, words: dict) -> Asked:
        """Return a request as the resident of the stories makes it, signed in, from her own home."""
        home = bodies.place_of_dwelling(RESIDENT.home)
        words |= {"place": home, "channel": "web", "person_id": self.person}
        words["answers"] = _dated(words["answers"], request.at, home)
        words["contact"] = {"name": RESIDENT.name, "email": RESIDENT.email, "postcode": home["postcode"]}
        if words["body_id"]:
            words["body_id"] = bodies.responsible("waste-collection", home).body_id
        by = Actor("resident", str(self.account.pk))
        return Asked(words, by, self._doer(words), account=self.account.pk, person=self.person)

    def _doer(self, words: dict) -> int:
        """Return the body that must do what is asked; 0 where there is none."""
        if words["body_id"]:
            return words["body_id"]
        return bodies.responsible(self.works[words["service_id"]], words["place"]).body_id or 0

    def _advisers(self, at: dt.datetime) -> dict[int, int]:
        found = {}
        for body in bodies.bodies(partner=True, on=at.date()):
            with scoped(Scope(bodies=(body.id,), purpose="simulation")):
                adviser = bodies.staff(body.id, at.date(), "adviser").first()
                if adviser:
                    found[body.id] = adviser.account_id
        return found

    def _place(self, request: Request, asker: Asker) -> dict:
        """Return the asker's home; some holes are on the streets that a contractor guarantees."""
        if request.service_id == "report-pothole" and self.surfaced and request.where % 100 < GUARANTEED:
            return bodies.place_of_street(self.surfaced[request.where % len(self.surfaced)])
        return bodies.place_of_dwelling(asker.uprn)

    def _contact(self, asker: Asker, request: Request) -> dict:
        """Return how an asker is reached and what they need; who reads no ordinary print is written to at home."""
        contact = {"name": asker.name, "email": asker.email, "phone": asker.phone, "postcode": asker.postcode}
        needs = needs_of(request.who)
        if needs and on_paper(needs):
            contact["address"] = "\n".join(bodies.place_of_dwelling(asker.uprn)["label"].split(", "))
        return contact | ({"needs": ",".join(needs)} if needs else {})

    def asks(self, request: Request) -> Asked:
        """Return a request in the words of `open_case`."""
        asker = self.askers[request.who % len(self.askers)]
        where = self.askers[request.where % len(self.askers)]
        home = self._place(request, where if request.service_id in OUTDOORS else asker)
        if request.again:
            home["note"] = "The same as my neighbour told you about."
        stories = self.answers[request.service_id]
        answers = dict(stories[int(request.luck * 997) % len(stories)])
        answers = _dated(answers, request.at, home) | _own(answers, asker, request)
        words = {
            "service_id": request.service_id,
            "answers": answers,
            "place": home,
            "contact": self._contact(asker, request),
            "channel": request.channel,
            "body_id": asker.district or None if request.service_id == "complaint" else None,
        }
        if self.person and not request.again and request.who % HER_SHARE == 0:
            return self._hers(request, words)
        desk = asker.district if asker.district in self.desks else 1
        if request.channel in DESKS:
            return Asked(words, Actor("staff", str(self.desks[desk]), desk), self._doer(words), bodies=(desk,))
        return Asked(words, Actor("contact"), self._doer(words))


OUTDOORS = {"report-pothole", "street-light", "fly-tipping", "street-cleaning", "abandoned-vehicle"}
THEIR_PART = ("booking.choose", "payments.take")
"""What residents do themselves before the work begins."""


def _own(answers: dict, asker: Asker, request: Request) -> dict:
    """Return who a licence is for, and which vehicle, as this asker says it: a register does not repeat one name."""
    if not request.service_id.startswith("taxi-"):
        return {}
    said = {}
    for name, value in answers.items():
        if isinstance(value, dict) and "registration" in value:
            letters = "ABCDEFGHJKLMNOPRSTUVWXY"
            last = "".join(letters[request.where // len(letters) ** n % len(letters)] for n in range(3))
            said[name] = value | {"registration": f"ZM{request.at.year % 100} {last}"}
        elif isinstance(value, dict) and "name" in value:
            said[name] = value | {"name": asker.name}
    return said


def _dated(answers: dict, at: dt.datetime, home: dict) -> dict:
    """Return a story's answers as of this moment and place: days near it, the place its own."""
    said = {}
    for name, value in answers.items():
        if isinstance(value, dt.date):
            value = (local(at).date() - dt.timedelta(days=1)).isoformat()
        if isinstance(value, dict) and ({"street", "uprn", "label", "lat"} & value.keys()):
            value = home
        said[name] = value
    return said

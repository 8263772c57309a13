"""The fit test: Socitm's five questions to a partnership, answered by evidence. No score: a failing answer stays seen.

Evidence that nobody has is None, and is told as such. Source of the questions: Socitm, asked of every
partnership: clear aims near and far; common interests; reciprocity; a business model fit for the aims; status.
"""

from datetime import date

from pydantic import BaseModel, ConfigDict

from moothall.promises.rules.thresholds import Threshold

PRIVATE = ("joint-venture", "contract")
COMPANY = ("public-company", "joint-venture", "contract")
QUESTIONS = {
    "aims": 1, "saving": 1, "services": 2, "systems": 2, "demand": 2, "size": 2, "need": 2, "reciprocity": 3,
    "model": 4, "powers": 4, "interests": 4, "treatment": 5, "notice": 5, "leaving": 5,
}  # fmt: skip
"""Which of the five questions each finding answers, in the order in which they are told."""


class Plain(BaseModel):
    """Evidence is data; a word that is not known is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Member(Plain):
    """A member: how many homes it serves, which services it offers, and its requests a year by service."""

    name: str
    homes: int | None = None
    services: tuple[str, ...] | None = None
    requests: dict[str, int] | None = None


class Supply(Plain):
    """A service that one member does for another, and how many requests a year that is, where it is known."""

    provider: str
    receiver: str
    service: str
    requests: int | None = None


class Evidence(Plain):
    """What is known of a partnership on a day. None stands for what is not on record."""

    on: date | None = None
    model: str = ""
    members: tuple[Member, ...] = ()
    near_aims: int | None = None
    far_aims: int | None = None
    saving_pence: int | None = None
    saving_measured: bool | None = None
    supplies: tuple[Supply, ...] | None = None
    unneeded: tuple[str, ...] | None = None
    systems_apart: int | None = None
    systems_given_up: int | None = None
    powers: int | None = None
    declared: int | None = None
    treatments: int = 0
    notice_months: int | None = None
    leaving_pence: int | None = None


class Finding(Plain):
    """One answer: `level` is sound, warning or unknown; `values` are the figures it is told with."""

    key: str
    level: str
    values: dict[str, str | int] = {}

    @property
    def question(self) -> int:
        """Return which of the five questions it answers."""
        return QUESTIONS[self.key]


def fit(evidence: Evidence, limits: dict[str, Threshold]) -> list[Finding]:
    """Return a finding for each thing that is asked, in the order of the five questions."""
    found = [
        _aims(evidence), _saving(evidence), _services(evidence, limits["services"].value), _systems(evidence),
        _demand(evidence, limits["demand"].value), _size(evidence, limits["size"].value), _need(evidence),
        reciprocity(evidence.supplies, limits["reciprocity"].value), _model(evidence), _powers(evidence),
        _interests(evidence), _treatment(evidence), _notice(evidence, limits["notice"].value), _leaving(evidence),
    ]  # fmt: skip
    return sorted(found, key=lambda one: list(QUESTIONS).index(one.key))


def _said(key: str, warns: bool | None, **values) -> Finding:
    level = "unknown" if warns is None else "warning" if warns else "sound"
    return Finding(key=key, level=level, values=values)


def _aims(e: Evidence) -> Finding:
    if e.near_aims is None or e.far_aims is None:
        return _said("aims", None)
    return _said("aims", not (e.near_aims and e.far_aims), near=e.near_aims, far=e.far_aims)


def _saving(e: Evidence) -> Finding:
    """A promised saving counts as nothing until it can be measured: the reference class of shared offices is zero."""
    if not e.saving_pence:
        return _said("saving", False, pence=0)
    return _said("saving", not e.saving_measured, pence=e.saving_pence)


def _services(e: Evidence, least: int) -> Finding:
    offered = [set(one.services) for one in e.members if one.services is not None]
    if len(offered) < len(e.members) or not any(offered):
        return _said("services", None)
    common, every = set.intersection(*offered), set.union(*offered)
    percent = 100 * len(common) // len(every)
    return _said("services", percent < least, common=len(common), all=len(every), limit=least)


def _systems(e: Evidence) -> Finding:
    """Several systems for the same work and none to be given up: sharing changes nothing. Not said counts as none."""
    given_up = e.systems_given_up or 0
    apart = e.systems_apart
    return _said("systems", given_up == 0 and apart != 0, apart="?" if apart is None else apart, given_up=given_up)


def _demand(e: Evidence, most: int) -> Finding:
    """Requests a year for 1,000 homes, of each shared service that two members or more have figures of."""
    worst = None
    for service in sorted({one.service for one in e.supplies or ()}):
        rates = [
            (1000 * one.requests[service] / one.homes, one.name)
            for one in e.members
            if one.homes and one.requests and one.requests.get(service)
        ]
        if len(rates) > 1:
            low, high = min(rates), max(rates)
            ratio = high[0] / low[0]
            if worst is None or ratio > worst[0]:
                worst = (ratio, service, high, low)
    if worst is None:
        return _said("demand", None)
    ratio, service, high, low = worst
    return _said("demand", ratio > most, service=service, high=high[1], most=round(high[0]), low=low[1],
                 least=round(low[0]), limit=most)  # fmt: skip


def _size(e: Evidence, most: int) -> Finding:
    homes = [(one.homes, one.name) for one in e.members if one.homes]
    if len(homes) < len(e.members) or len(homes) < 2:
        return _said("size", None)
    low, high = min(homes), max(homes)
    return _said("size", high[0] > most * low[0], large=high[1], most=high[0], small=low[1], least=low[0], limit=most)


def _need(e: Evidence) -> Finding:
    if e.unneeded is None:
        return _said("need", None)
    return _said("need", bool(e.unneeded), services=", ".join(e.unneeded), count=len(e.unneeded))


def reciprocity(supplies: tuple[Supply, ...] | None, most: int) -> Finding:
    """Say how much of the work is not returned: by requests where all are known, else by number of services.

    What is not said at all is a warning too: who does how much for whom is what a partnership is about. The percentage
    is the work given beyond what is received, of all the work: 100 where everything goes one way, 0 where it is even.
    """
    if not supplies:
        return _said("reciprocity", True, state="unsaid")
    by_requests = all(one.requests is not None for one in supplies) and sum(one.requests or 0 for one in supplies) > 0
    given, received = {}, {}
    for one in supplies:
        amount = one.requests if by_requests else 1
        given[one.provider] = given.get(one.provider, 0) + amount
        received[one.receiver] = received.get(one.receiver, 0) + amount
    total = sum(given.values())
    net = {name: given.get(name, 0) - received.get(name, 0) for name in sorted(given | received)}
    percent = 100 * sum(amount for amount in net.values() if amount > 0) // total
    giver = max(net, key=lambda name: net[name])
    return _said("reciprocity", percent >= most, state="requests" if by_requests else "services", giver=giver,
                 given=given.get(giver, 0), received=received.get(giver, 0), percent=percent, limit=most)  # fmt: skip


def _model(e: Evidence) -> Finding:
    if not e.model:
        return _said("model", None)
    if e.model == "alone" and e.supplies:
        return _said("model", True, state="alone", model=e.model)
    return _said("model", e.model in PRIVATE, state="private" if e.model in PRIVATE else "public", model=e.model)


def _powers(e: Evidence) -> Finding:
    return _said("powers", None if e.powers is None else e.powers == 0, count=e.powers or 0)


def _interests(e: Evidence) -> Finding:
    missing = None if e.declared is None else e.declared < len(e.members)
    return _said("interests", missing, declared=e.declared or 0, members=len(e.members))


def _treatment(e: Evidence) -> Finding:
    if not e.model:
        return _said("treatment", None)
    return _said("treatment", e.model in COMPANY, model=e.model, facts=e.treatments)


def _notice(e: Evidence, most: int) -> Finding:
    if e.notice_months is None:
        return _said("notice", None)
    return _said("notice", e.notice_months > most, months=e.notice_months, limit=most)


def _leaving(e: Evidence) -> Finding:
    """Nobody having worked out what leaving costs is a warning: it is known when it is too late."""
    if e.leaving_pence is None:
        return _said("leaving", True, state="unsaid")
    return _said("leaving", False, state="said", pence=e.leaving_pence)

"""Reading the register of shared arrangements: partnerships run here, and those that were registered."""

import datetime as dt

from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.promises import queries as promises
from moothall.scrutiny.models import Arrangement
from moothall.scrutiny.rules.register import Row
from moothall.sharing import queries as sharing


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

"""What is known of licences: to those who look after them all, to everybody what the register shows."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

import segno
from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from moothall.bodies import queries as bodies
from moothall.casework import queries as casework
from moothall.catalogue import queries as catalogue
from moothall.core.refusal import NotYours
from moothall.functions.licensing import rules
from moothall.functions.licensing.models import Entry, Evidence, Licence, Measure

PAGE = 25
LIVE = (rules.IN_FORCE, rules.SUSPENDED)
ISSUES = "licensing.issue"


def accountable(case_id: UUID) -> int:
    """Return the body that answers for a case: in its name a licence is given, whoever does the work."""
    return casework.case_file(case_id).case.body_id


@lru_cache(maxsize=256)
def _terms(version_id: UUID, step: str) -> rules.Terms:
    told = catalogue.definition(version_id).steps[step].model_dump(by_alias=True)["with"]
    return rules.terms(told)


def terms(licence: Licence) -> rules.Terms:
    """Return what its definition says of a licence, in the version that it was issued by."""
    return _terms(licence.version_id, licence.step)


def titles(service_ids) -> dict[str, dict]:
    """Return the names of services as {en, cy}: which kinds of licence there are, also of those asked for no more."""
    return {service_id: text.model_dump() for service_id, text in catalogue.titles(service_ids).items()}


def issues(service_id: str) -> bool:
    """Tell whether a service leads to a licence."""
    return any(step.performs == ISSUES for step in catalogue.current(service_id).definition.steps.values())


def check_address(code: str) -> str:
    """Return the address at which anybody finds out whether a licence is in force."""
    return settings.MOOTHALL_ADDRESS + reverse("licensing:verify", args=[rules.spoken(code)])


def check_square(code: str) -> str:
    """Return a square code (QR, ISO/IEC 18004) of `check_address`, for the `src` of an image, with its quiet zone.

    A quarter of it may be dirty or torn off and it still reads: papers of this kind live in wallets and cars.
    """
    square = segno.make_qr(check_address(code), error="q")
    return square.svg_data_uri(border=4, dark="#0b0c0c", light="#fff", omitsize=True)


def licence(licence_id: UUID, *, lock: bool = False) -> Licence:
    """Return a licence that the scope shows; refuses what is not there or not yours to see."""
    rows = Licence.objects.select_for_update() if lock else Licence.objects
    found = rows.filter(pk=licence_id).first()
    if found is None:
        raise NotYours("We cannot find that licence. Choose it from the list of licences.")
    return found


def of_step(step_id: UUID) -> Licence | None:
    """Return the licence that a step issued, or None."""
    return Licence.objects.filter(step_id=step_id).first()


def live_of_case(case_id: UUID) -> Licence | None:
    """Return the licence that a case has led to, while it is in force or suspended; None for none."""
    return Licence.objects.filter(case_id=case_id, state__in=LIVE).first()


def former(*, body_id: int, service_id: str, number: str, holder: str, vehicle: str) -> Licence | None:
    """Return the live licence that one follows: of the same body and kind, with this number, however it was typed.

    It must be of the same holder or vehicle: who writes somebody else's number follows nobody.
    """
    wanted = rules.typed(number)
    rows = Licence.objects.filter(body_id=body_id, service_id=service_id, state__in=LIVE) if wanted else ()
    found = next((row for row in rows if rules.typed(row.number) == wanted), None)
    if found is None:
        return None
    same = rules.typed(found.holder) == rules.typed(holder) or bool(vehicle and found.vehicle == vehicle)
    return found if same else None


def measure(measure_id: UUID, *, lock: bool = False) -> Measure:
    """Return a measure of a licence that the scope shows; refuses NotYours."""
    rows = Measure.objects.select_for_update() if lock else Measure.objects
    found = rows.filter(pk=measure_id).select_related("licence").first()
    if found is None:
        raise NotYours("We cannot find that notice. Open the licence and choose it there.")
    return found


FILTERS = {
    "all": Q(),
    "in-force": Q(state=rules.IN_FORCE),
    "suspended": Q(state=rules.SUSPENDED),
    "revoked": Q(state=rules.REVOKED),
    "over": Q(state__in=[rules.EXPIRED, rules.SURRENDERED]),
}


@dataclass(frozen=True)
class Page:
    """Some licences, and the number after which the next page begins; None at the end."""

    rows: list[Licence]
    after: str | None


def licences(*, body_ids: tuple[int, ...], show: str, text: str = "", after: str = "", today: dt.date) -> Page:
    """Return a page of licences that some bodies gave or look after, by number.

    `show` is one of FILTERS, or "ending" (within 56 days), "papers" (one has run out or does within 28 days) or
    "appeals" (one is not decided). `text` is looked for in number, holder and vehicle.
    """
    rows = Licence.objects.filter(Q(body_id__in=body_ids) | Q(doer_id__in=body_ids)).select_related("body")
    rows = rows.filter(_shown(show, today))
    if text.strip():
        plain = rules.typed(text)
        rows = rows.filter(Q(number__icontains=text.strip()) | Q(holder__icontains=text.strip()) | Q(vehicle=plain))
    found = list(rows.filter(number__gt=after).order_by("number")[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].number if len(found) > PAGE else None)


def _shown(show: str, today: dt.date) -> Q:
    if show == "ending":
        return Q(state__in=LIVE, ends__lte=today + dt.timedelta(days=max(rules.REMIND_DAYS)))
    if show == "papers":
        return Q(Exists(running_out(today).filter(case_id=OuterRef("case_id"))), state__in=LIVE)
    if show == "appeals":
        return Q(Exists(Measure.objects.filter(licence=OuterRef("pk"), appeal=rules.LODGED)))
    return FILTERS.get(show, Q())


def running_out(today: dt.date):
    """Return the papers that have run out, or do within some weeks."""
    return Evidence.objects.filter(expires__lte=today + dt.timedelta(days=rules.PAPER_DAYS), finding=rules.SEEN)


def evidence_of(*, step_id: UUID | None = None, case_id: UUID | None = None) -> list[Evidence]:
    """Return the pieces of evidence of a check, or of all checks of a case, in the order of the definition."""
    which = {"step_id": step_id} if step_id else {"case_id": case_id}
    return list(Evidence.objects.filter(**which).order_by("step_id", "position"))


def check_of(step_id: UUID) -> list[Evidence]:
    """Return the pieces of evidence that a check asks for; refuses what is not there or not yours to see."""
    found = evidence_of(step_id=step_id)
    if not found:
        raise NotYours("We cannot find that check. Open the case and choose it there.")
    return found


def measures(licence: Licence) -> list[Measure]:
    """Return the suspensions and revocations of a licence, newest first."""
    return list(licence.measures.order_by("-at"))


def happened(licence: Licence) -> list:
    """Return what happened to a licence, oldest first."""
    return list(licence.events.order_by("id"))


def to_work_on(*, body_id: int, today: dt.date) -> list[UUID]:
    """Return the licences of a body to which a day may do something: one ends, a measure moves, a reminder goes."""
    soon = Q(state__in=LIVE, ends__lte=today + dt.timedelta(days=max(rules.REMIND_DAYS)))
    moving = Q(Exists(Measure.objects.filter(licence=OuterRef("pk"), ended_on=None)))
    papers = Q(Exists(running_out(today).filter(case_id=OuterRef("case_id"), asked_on=None)), state__in=LIVE)
    rows = Licence.objects.filter(body_id=body_id).exclude(state__in=[rules.EXPIRED, rules.SURRENDERED])
    return list(rows.filter(soon | moving | papers).order_by("number").values_list("pk", flat=True))


def renewed(licence: Licence) -> bool:
    """Tell whether a licence that follows this one was issued."""
    return licence.renewed_by.exists()


def register(*, text: str = "", body_id: int | None = None, service_id: str = "", after: str = "", today: dt.date):
    """Return a page of the public register: the licences in force on a day, by number; open to everybody.

    `text` is a number, a registration, or words that stand in the entry.
    """
    rows = Entry.objects.filter(starts__lte=today, ends__gte=today, number__gt=after)
    if body_id:
        rows = rows.filter(body_id=body_id)
    if service_id:
        rows = rows.filter(service_id=service_id)
    for word in text.split()[:8]:
        rows = rows.filter(words__contains=rules.typed(word))
    found = list(rows.order_by("number")[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].number if len(found) > PAGE else None)


def verify(code: str) -> Entry | None:
    """Return the register's entry of the licence with this code, however it was typed; None where none is in force."""
    plain = rules.typed(code)
    return Entry.objects.filter(code=plain).first() if len(plain) == rules.CODE_LENGTH else None


def bodies_with_entries() -> list[int]:
    """Return the bodies that have licences in the register."""
    return sorted(Entry.objects.values_list("body_id", flat=True).distinct())


def held_about(case_ids: list[UUID]) -> dict[str, list[dict]]:
    """Return, by heading, plain rows of what licensing keeps about the people of these cases."""
    rows = Licence.objects.filter(case_id__in=case_ids).order_by("starts", "number")
    papers = Evidence.objects.filter(case_id__in=case_ids).exclude(finding="").order_by("seen_at", "position")
    taken = Measure.objects.filter(licence__case_id__in=case_ids).order_by("at").annotate(number=F("licence__number"))
    return {
        "Licences": [
            {"number": row.number, "holder": row.holder, "vehicle": row.vehicle, "from": row.starts.isoformat(),
             "to": row.ends.isoformat(), "state": str(row.get_state_display())}
            for row in rows
        ],
        "Papers seen for a licence": [
            {"paper": row.title["en"], "finding": str(row.get_finding_display()),
             "until": row.expires.isoformat() if row.expires else ""}
            for row in papers
        ],
        "Suspensions and revocations": [
            {"licence": row.number, "kind": str(row.get_kind_display()), "notified": row.notified_on.isoformat(),
             "reason": row.reason, "appeal": str(row.get_appeal_display())}
            for row in taken
        ],
    }  # fmt: skip


def kinds_registered() -> list[str]:
    """Return the services whose licences are in the register, by id."""
    return sorted(Entry.objects.values_list("service_id", flat=True).distinct())


STYLE = """
@page { size: A4; margin: 20mm 22mm; @bottom-right { content: counter(page) "/" counter(pages); font-size: 10pt } }
body { font: 12pt/1.5 "Atkinson Hyperlegible Next", "DejaVu Sans", sans-serif; color: #0b0c0c }
h1 { font-size: 20pt; line-height: 1.2; margin: 0 0 4mm }
h2 { font-size: 13pt; margin: 7mm 0 2mm } p { margin: 0 0 3mm }
table { border-collapse: collapse; width: 100%; font-size: 12pt }
caption { text-align: left; font-weight: bold; padding: 0 0 2mm }
th { text-align: left; width: 38%; font-weight: bold }
th, td { border-bottom: 0.3mm solid #b1b4b6; padding: 2mm 3mm 2mm 0; vertical-align: top }
.check { border: 0.6mm solid #0b0c0c; padding: 4mm; margin-top: 8mm; display: flex; break-inside: avoid }
.check img { width: 38mm; height: 38mm; margin: -2mm 4mm -2mm -2mm; flex: none }
.code { font-size: 16pt; font-weight: bold } .quiet { color: #383f43; font-size: 10pt }
"""


def document_html(licence: Licence) -> str:
    """Return the page that a licence's document is drawn from, in the language of its holder."""
    lang, law, body = licence.language, terms(licence), bodies.body(licence.body_id)
    words = {
        "licence": licence, "language": lang, "name": body.name_cy if lang == "cy" and body.name_cy else body.name,
        "title": titles([licence.service_id])[licence.service_id][lang], "law": law.law,
        "facts": [(fact["label"][lang], fact["value"][lang]) for fact in licence.facts],
        "conditions": [condition[lang] for condition in licence.conditions],
        "code": rules.spoken(licence.code), "check_at": check_address(licence.code),
        "square": check_square(licence.code),
    }  # fmt: skip
    with translation.override(lang):
        return render_to_string("licensing/document.html", words)

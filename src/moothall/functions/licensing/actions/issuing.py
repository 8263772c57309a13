"""A licence is issued once for a step, and gets its document."""

import datetime as dt
import io
import secrets
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.catalogue import queries as catalogue
from moothall.core import files
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.letters import tagged_pdf
from moothall.core.queue import defer
from moothall.functions.licensing import queries, rules
from moothall.functions.licensing.actions.record import happened, publish
from moothall.functions.licensing.models import Licence


def issue(
    *, body_id: int, doer_id: int, case_id: UUID, step_id: UUID, step: str, service_id: str, version_id: UUID,
    told: dict, answers: dict, outputs: dict, at: dt.datetime, by: Actor,
) -> Licence:  # fmt: skip
    """Issue the licence that a case asks for; the same step again is the same licence.

    So is a case that is looked at again, as long as its licence is live. `told` is what the definition says of it
    (`rules.terms`, raises WrongTerms), `outputs` what earlier steps put out. A licence that follows another begins
    when that one has ended.
    """
    known = queries.of_step(step_id) or queries.live_of_case(case_id)
    if known:
        return known
    law, file = rules.terms(told), cases.case_file(case_id)
    holder = _name(answers.get(law.holder), file.contact)[:160]
    vehicle = rules.typed((answers.get(law.vehicle) or {}).get("registration") or "")[:16]
    former = queries.former(body_id=body_id, service_id=service_id, number=str(answers.get(law.renews) or ""),
                            holder=holder, vehicle=vehicle)  # fmt: skip
    starts, ends = rules.period(local(at).date(), law.months, former.ends if former else None)
    row = Licence.objects.create(
        body_id=body_id, doer_id=doer_id, case_id=case_id, step_id=step_id, step=step, service_id=service_id,
        version_id=version_id, number=_number(body_id, law.prefix), code=_code(), language=file.case.language,
        holder=holder, vehicle=vehicle, facts=_facts(file.definition, law, answers, file.contact),
        conditions=_conditions(law, outputs), starts=starts, ends=ends, renews=former, issued_at=at,
    )  # fmt: skip
    publish(licence=row, at=at, by=by)
    happened(licence=row, kind="renewed" if former else "issued", at=at, by=by)
    defer("licensing.document", body=body_id, key=f"licensing.document:{row.pk}", licence_id=str(row.pk))
    return row


def make_document(*, licence_id: UUID, at: dt.datetime, by: Actor) -> UUID:
    """Make the document of a licence as PDF/UA and put it on its case; return the file's id. Made once.

    Refuses CannotPrint (`core.letters`) where the machine lacks what draws it.
    """
    licence = queries.licence(licence_id, lock=True)
    if licence.document:
        return licence.document
    file = cases.case_file(licence.case_id)
    drawn = tagged_pdf(queries.document_html(licence), queries.STYLE)
    kept = files.keep(
        io.BytesIO(drawn), name=f"{licence.number}.pdf", body_id=licence.body_id,
        case_id=licence.case_id, seen_by=tuple(file.case.seen_by), at=at, by=by,
    )  # fmt: skip
    casework.attach(case_id=licence.case_id, file_id=kept.pk, kind="issued", at=at, by=by)
    licence.document = kept.pk
    licence.save(update_fields=["document"])
    happened(licence=licence, kind="document-made", at=at, by=by)
    return kept.pk


def _number(body_id: int, prefix: str) -> str:
    """Return a number that tells nothing; the database refuses one that is taken, and the job runs again."""
    return f"{bodies.body(body_id).code}-{prefix}-{secrets.randbelow(900_000) + 100_000}"


def _code() -> str:
    return "".join(secrets.choice(rules.ALPHABET) for _ in range(rules.CODE_LENGTH))


def _name(answer, contact: dict) -> str:
    """Return the name in the answer of a person or an organisation, else in the contact."""
    given = answer.get("name") if isinstance(answer, dict) else answer
    return str(given or contact.get("name") or "")


def _facts(definition, law: rules.Terms, answers: dict, contact: dict) -> list[dict]:
    """Return what stands on the document, as the definition names it: of a holder the name alone."""
    found = []
    for code, label in law.shows.items():
        question, answer = definition.ask[code], answers.get(code)
        value = {lang: catalogue.told(question, answer, lang) for lang in ("en", "cy")}
        if code == law.holder:
            value = dict.fromkeys(value, _name(answer, contact))
        if value["en"]:
            found.append({"code": code, "label": label, "value": value, "public": code in law.register})
    return found


def _conditions(law: rules.Terms, outputs: dict) -> list[dict]:
    """Return the standard conditions, then those that whoever decided last wrote as the reason of their decision."""
    decided = [outputs[step] for step in law.conditions_from if step in outputs][-1:]
    written = "\n".join(one.get("reason", "") for one in decided if one.get("decision") == "conditions")
    own = [line.strip() for line in written.splitlines() if line.strip()]
    return [*law.conditions.values(), *({"en": line, "cy": line} for line in own)]

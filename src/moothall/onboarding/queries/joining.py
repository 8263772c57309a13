"""Who joins, what was tried out, and which files were brought."""

import datetime as dt
import json
from hashlib import sha256
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.core import files
from moothall.core.refusal import NotYours, Refusal
from moothall.onboarding.models import Import, Joining, Trial
from moothall.onboarding.rules.packs import PACKS, Pack


class NotJoining(Refusal):
    """Your body is not joining, or has joined already. The list of bodies that join shows who is."""

    status = 404


def joinings() -> list[Joining]:
    """Return the joinings in scope, one's own and those one's body invited, newest first."""
    return list(Joining.objects.order_by("-begun_at"))


def joining(body_id: int) -> Joining:
    """Return a body's joining while it is not live. Raises NotJoining."""
    found = Joining.objects.filter(body_id=body_id, live_at=None).first()
    if found is None:
        raise NotJoining
    return found


def works_here(body_id: int) -> bool:
    """Return whether a body that may bring files works here already, or is still on its way in. Raises NotJoining."""
    found = Joining.objects.filter(body_id=body_id).first()
    if found is None and not bodies.body(body_id).partner:
        raise NotJoining
    return found is None or found.live_at is not None


def packs(kind: str) -> list[Pack]:
    """Return the starter packs for a kind of body."""
    return [one for one in PACKS.values() if one.kind == kind]


def appointed(body_id: int, on: dt.date) -> dict[str, set[str]]:
    """Return {work e-mail address: roles held on a day} of a body in scope."""
    held: dict[str, set[str]] = {}
    for email, roles in bodies.staff(body_id, on).values_list("account__email", "roles"):
        held.setdefault(email, set()).update(roles)
    return held


def settings_digest(adoption) -> str:
    """Return what stands for a version with a body's settings: a trial of one says nothing of another."""
    said = json.dumps([str(adoption.version_id), adoption.provider_id, adoption.parameters], sort_keys=True)
    return sha256(said.encode()).hexdigest()


def trials(body_id: int) -> dict[str, Trial]:
    """Return the newest trial of each service of a body."""
    rows = Trial.objects.filter(body_id=body_id).order_by("service_id", "-at").distinct("service_id")
    return {row.service_id: row for row in rows}


def imports(body_id: int) -> list[Import]:
    """Return the files that a body brought, newest first."""
    return list(Import.objects.filter(body_id=body_id).exclude(state="dropped").order_by("-at"))


def one_import(import_id: UUID) -> Import:
    """Return one of the files. Raises NotYours."""
    found = Import.objects.filter(pk=import_id).first()
    if found is None:
        raise NotYours
    return found


def content_of(row: Import) -> bytes:
    """Return a file's bytes while it is kept."""
    return files.path_of(files.find(row.file_id)).read_bytes()

"""Jobs of standards: bring in the photo that came with a report as an address."""

import hashlib
import io
from uuid import UUID

from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import fetch, files, queue
from moothall.core.queue import job_scope, task
from moothall.core.refusal import Refusal
from moothall.core.scope import scoped


@task("standards.photo", whole=False)
def photo(*, body, case_id, address, at, by) -> None:
    """Lay the photo at an address on the case; where it cannot be had, a note says so and gives the address.

    The other machine is asked outside any transaction; killed in between, it is asked again and kept once.
    """
    try:
        content, why = fetch.bring(address), ""
    except fetch.Unreachable as problem:
        content, why = b"", str(problem)
    with scoped(job_scope("standards.photo", body)):
        told = hashlib.sha256(address.encode()).hexdigest()[:24]
        if queue.claim(f"open311-photo:{case_id}:{told}", at):
            _lay(UUID(case_id), content, why, address, body, at, by)


def _lay(case_id: UUID, content: bytes, why: str, address: str, body_id: int, at, by) -> None:
    try:
        if not why:
            seen_by = tuple(cases.case_file(case_id).case.seen_by)
            kept = files.keep(io.BytesIO(content), name="photo", body_id=body_id, case_id=case_id, seen_by=seen_by,
                              accept="image", at=at, by=by)  # fmt: skip
            casework.attach(case_id=case_id, file_id=kept.pk, kind="information", at=at, by=by)
    except Refusal as refusal:
        why = refusal.message
    if why:
        text = f"A photo came as an address, and we could not bring it in: {why}. The address: {address}"
        casework.add_note(case_id=case_id, text=text, at=at, by=by)

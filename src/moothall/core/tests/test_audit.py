"""The trail holds what was done, and any tampering with it shows."""

import datetime as dt
import json
import subprocess
import sys
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from moothall.core import audit, queue, sealing
from moothall.core.actor import Actor
from moothall.core.models import AuditEntry, AuditLeaf, AuditPayload, AuditSeal
from moothall.core.scope import Scope, scoped
from moothall.core.seals import Signer, proof_holds, public_keys
from moothall.core.tests.conftest import AT, BY, COUNTY, DISTRICT, SECOND, scope, write
from moothall.core.verify import verify


def test_an_entry_is_one_statement_and_says_who_did_what_why_and_when(db, django_assert_num_queries):
    with scope():
        with django_assert_num_queries(1):
            number = audit.record(
                action="case.opened", object="case:7", body_id=COUNTY, at=AT, by=BY, data={"channel": "web"}
            )
        entry = AuditEntry.objects.get(pk=number)
        assert (entry.action, entry.object, entry.actor, entry.purpose) == ("case.opened", "case:7", "staff:12", "test")
        assert entry.at == AT
        assert audit.search(body_id=COUNTY, object="case:7")[0]["data"] == {"channel": "web"}


def test_what_is_rolled_back_is_not_in_the_trail(db):
    with scope():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            write(1)
            raise ZeroDivisionError
        assert not AuditEntry.objects.filter(body_id=COUNTY).exists()


def test_another_body_sees_nothing_of_it(db):
    with scope():
        number = write(1)[0]
        sealing.seal(body_id=COUNTY, at=AT)
    with scope(DISTRICT):
        for table in (AuditEntry, AuditPayload, AuditLeaf, AuditSeal):
            assert not table.objects.filter(body_id=COUNTY).exists()
        with pytest.raises(AuditEntry.DoesNotExist):
            audit.prove(entry_id=number)


def test_what_waits_is_sealed_at_every_body_partner_or_not_and_no_job_is_made_where_nothing_waits(real_db, owner):
    owner.execute("delete from core_auditunsealed")
    with scope():
        write(1)
    assert sealing.unsealed() == (COUNTY,)

    queue.fan("core.seal", "tick", bodies=sealing.unsealed())
    assert queue.run_pending(at=AT) == 1
    assert sealing.unsealed() == ()
    queue.fan("core.seal", "tock", bodies=sealing.unsealed())
    assert queue.run_pending(at=AT) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "update core_auditentry set actor = 'staff:99'",
        "delete from core_auditentry",
        "insert into core_auditentry (body_id, at, recorded_at, actor, purpose, action, object, commitment) "
        "values (901, now(), now(), '', '', '', '', '')",
        "update core_auditpayload set data = '{}'",
        "delete from core_auditpayload",
        "delete from core_auditunsealed",
        "update core_auditleaf set number = number + 1",
        "delete from core_auditleaf",
        "delete from core_auditseal",
        "update core_auditseal set at = now()",
        "truncate core_auditentry cascade",
    ],
)
def test_the_app_can_neither_change_nor_drop_nor_forge_a_row(db, statement):
    with scope():
        write(1)
        sealing.seal(body_id=COUNTY, at=AT)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_nobody_erases_or_seals_at_a_body_that_is_not_in_scope(db):
    with scope():
        numbers = write(2)
    with scope(DISTRICT):
        with pytest.raises(DatabaseError, match="not in scope"), transaction.atomic():
            audit.erase(entry_ids=numbers, body_id=COUNTY, because="x", at=AT, by=BY)
        audit.erase(entry_ids=numbers, body_id=DISTRICT, because="x", at=AT, by=BY)
    with scope():
        assert AuditPayload.objects.filter(data__isnull=False).count() == 2
        sealing.seal(body_id=COUNTY, at=AT)


def test_two_sealers_cannot_fork_the_tree(db):
    with scope():
        write(2)
        head = sealing.seal(body_id=COUNTY, at=AT)
        again = [COUNTY, 1, 0, 2, head.root, head.previous, head.hash(), b"", AT, "", b"", [1, 2], [b"", b""]]
        with pytest.raises(DatabaseError, match="does not follow"), transaction.atomic():
            connection.cursor().execute(sealing.SEAL, again)


def test_a_person_is_told_who_read_their_data_and_nobody_else_is(db):
    person, other = uuid4(), uuid4()
    with scope():
        audit.read(object=audit.person_object(person), body_id=COUNTY, at=AT, by=BY, what="a file")
        assert audit.read(object=audit.person_object(person), body_id=COUNTY, at=AT, by=Actor("resident", "3")) is None
    with scoped(Scope(person=person)):
        assert audit.reads_of_me() == [
            {"body_id": COUNTY, "at": AT, "actor": "staff:12", "purpose": "test", "what": "a file"}
        ]
    for stranger in (Scope(person=other), Scope(), Scope(bodies=(DISTRICT,))):
        with scoped(stranger):
            assert audit.reads_of_me() == []


def test_a_sound_trail_is_found_sound(trail):
    verdict = verify(*trail, (COUNTY, DISTRICT))
    assert verdict.findings == []
    assert (verdict.entries, verdict.heads, verdict.erased, verdict.unsealed) == (25, 7, 1, 0)


def test_entries_that_wait_for_the_sealer_are_counted_and_not_held_against_it(trail):
    with scope():
        write(3)
    verdict = verify(*trail, (COUNTY, DISTRICT))
    assert (verdict.sound, verdict.unsealed) == (True, 3)


def test_an_entry_committed_late_gets_a_later_leaf(trail):
    with scope():
        late = write(1)[0]
        sealing.seal(body_id=COUNTY, at=dt.datetime.now(dt.UTC) + 60 * SECOND)
        assert AuditLeaf.objects.get(pk=late).number == 17
    assert verify(*trail, (COUNTY, DISTRICT)).sound


def test_every_sealed_entry_has_a_proof_that_holds_anywhere_and_outlives_its_payload(trail):
    _, data = trail
    keys = public_keys(data / "keys")
    with scope():
        numbers = list(AuditEntry.objects.filter(body_id=COUNTY).values_list("id", flat=True))
        proofs = [json.loads(json.dumps(audit.prove(entry_id=n))) for n in numbers]
        assert all(proof_holds(proof, keys) for proof in proofs)
        audit.erase(entry_ids=numbers, body_id=COUNTY, because="retention", at=AT, by=BY)
        assert all(proof_holds(audit.prove(entry_id=n), keys) for n in numbers)
        assert sum(audit.prove(entry_id=n)["payload"] is not None for n in numbers) == 1  # what records an erasure
    assert all(proof_holds(proof, keys) for proof in proofs)
    forged = json.loads(json.dumps(proofs[4]))
    forged["entry"][4] = "staff:99"
    assert not proof_holds(forged, keys)
    forged = json.loads(json.dumps(proofs[4]))
    forged["payload"]["data"] = '{"note":"nothing"}'
    assert not proof_holds(forged, keys)
    assert not proof_holds(proofs[4], {})


def test_an_entry_that_is_not_sealed_yet_has_no_proof_yet(db):
    with scope():
        number = write(1)[0]
        with pytest.raises(audit.NotSealedYet):
            audit.prove(entry_id=number)


def test_a_key_whose_maker_was_killed_is_still_published(tmp_path):
    Signer(tmp_path)
    (published,) = tmp_path.glob("audit-*.pub")
    published.unlink()

    key = Signer(tmp_path).key

    assert list(public_keys(tmp_path)) == [key]


def test_the_verifier_needs_no_django():
    code = "import sys, moothall.core.verify; sys.exit(any(m.split('.')[0] == 'django' for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False, env={"PYTHONPATH": "src"}).returncode == 0

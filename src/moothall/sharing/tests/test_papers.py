"""Documents of a partnership's terms are kept here: published with them, or withheld; each member has a copy."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.terms import AT, BY, as_body, councillor, decide, terms
from tests.world import ASHBY, BORLEY, COVEHAM, as_staff

from moothall.core import audit, files
from moothall.core.clock import now
from moothall.core.models import File
from moothall.core.refusal import NotYours
from moothall.sharing import actions, queries
from moothall.sharing.models import TermsDraft
from moothall.sharing.rules.changes import changes
from moothall.sharing.rules.terms import Terms

pytestmark = pytest.mark.django_db
REPORT = b"Joint report to both cabinets.\n"
SLUG = "ashby-and-borley-waste"
SECRET = {"part": "documents", "reason": "A tender runs.", "owner": "Ashby's monitoring officer",
          "test": "Until bids are in, harm to the price outweighs the interest.", "expires": "2999-01-01"}  # fmt: skip


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MOOTHALL_DATA = tmp_path


def kept(content=REPORT, body_id=ASHBY):
    with as_body(body_id):
        row = actions.save_draft(body_id=body_id, data={}, at=AT, by=BY)
        told = actions.keep_paper(draft_id=row.pk, upload=io.BytesIO(content), name="report.txt", at=AT, by=BY)
        actions.save_draft(
            body_id=body_id,
            data={"documents": [{"title": "Joint report", "file": told}]},
            draft_id=row.pk,
            at=AT,
            by=BY,
        )
        return row, told


def proposed(told, at=None, **changed):
    said = terms(councillor(), starts=now().date().isoformat(), documents=[{"title": "Joint report", "file": told}])
    with as_body(ASHBY):
        return actions.propose(body_id=ASHBY, terms=said | changed, at=at or now(), by=BY)


def page(client=None, path=""):
    return (client or Client()).get(f"/partnerships/{SLUG}/{path}")


def test_a_document_is_sent_with_the_terms_and_everybody_downloads_it(client):
    as_staff(client, ASHBY, "partnership-office")
    draft = client.post("/staff/partnerships/begin/").url
    both = {"title": "Joint report", "address": "https://ashby.example/r", "file": SimpleUploadedFile("r.txt", REPORT)}
    assert "one of the two" in client.post(f"{draft}documents/", both).content.decode()
    assert "one of the two" in client.post(f"{draft}documents/", {"title": "Joint report"}).content.decode()
    wrong = {"title": "Joint report", "file": SimpleUploadedFile("r.exe", b"MZ" + bytes(range(256)))}
    assert "We cannot take that kind of file" in client.post(f"{draft}documents/", wrong).content.decode()
    good = {"title": "Joint report", "file": SimpleUploadedFile("r.txt", REPORT)}
    assert client.post(f"{draft}documents/", good).status_code == 302
    assert "Kept here: r.txt" in client.get(f"{draft}documents/1/").content.decode()
    assert client.post(f"{draft}documents/1/", {"title": "The joint report"}).status_code == 302
    with as_body(ASHBY):
        (told,) = TermsDraft.objects.get().data["documents"]
    assert told["title"] == "The joint report"
    proposed(told["file"])
    html = page().content.decode()
    assert "Joint report (TXT, 31\xa0bytes)" in html
    answer = page(path="versions/1/documents/1/")
    saved = Client().get(answer.url)
    assert b"".join(saved.streaming_content) == REPORT
    assert saved["Content-Disposition"].startswith("attachment")
    assert page(path="versions/1/documents/2/").status_code == 404
    with as_body(ASHBY):
        assert not audit.search(body_id=ASHBY, action="file.read"), "nobody watches who reads what is published"


def test_before_it_is_proposed_nobody_else_reads_it():
    _, told = kept()
    for body_id in (BORLEY, COVEHAM):
        with as_body(body_id), pytest.raises(NotYours):
            files.find_bytes(told["digest"])


def test_what_is_withheld_is_read_by_members_only_until_its_day():
    _, told = kept()
    row = proposed(told, withheld=[SECRET])
    html = page().content.decode()
    assert "Joint report" not in html
    assert page(path="versions/1/documents/1/").status_code == 404
    with as_body(BORLEY):
        assert files.find_bytes(told["digest"]).public_from.year == 2999
    with as_body(COVEHAM), pytest.raises(NotYours):
        files.find_bytes(told["digest"])
    member = as_staff(Client(), BORLEY, "partnership-office")
    assert b"".join(member.get(page(member, "versions/1/documents/1/").url).streaming_content) == REPORT
    decide(BORLEY, row, at=now())
    with as_body(ASHBY):
        File.objects.filter(digest=told["digest"]).update(public_from=now().date())
    assert files.find_bytes(told["digest"])


def test_each_member_that_agrees_has_a_copy_of_its_own_to_take_along():
    _, told = kept()
    row = proposed(told)
    for body_id in (ASHBY, BORLEY):
        decide(body_id, row, at=now())
    rows = {one.body_id: one for one in File.objects.filter(digest=told["digest"])}
    assert set(rows) == {ASHBY, BORLEY}
    assert all(files.path_of(one).read_bytes() == REPORT for one in rows.values())
    with as_body(BORLEY):
        assert files.find_bytes(told["digest"], body_id=BORLEY).seen_by == [BORLEY]
    with as_body(BORLEY):
        said = queries.partnership(SLUG, now().date()).terms.model_dump(mode="json")
        actions.propose(body_id=BORLEY, terms=said, partnership_id=row.partnership_id, at=now(), by=BY)
    assert File.objects.filter(digest=told["digest"]).count() == 2, "an amendment needs no third copy"


def test_what_is_taken_out_of_a_draft_is_erased_and_what_was_published_stays():
    draft, told = kept()
    with as_body(ASHBY):
        path = files.path_of(files.find_bytes(told["digest"]))
        actions.save_draft(body_id=ASHBY, data={"documents": []}, draft_id=draft.pk, at=AT, by=BY)
        assert not File.objects.filter(digest=told["digest"], erased_at=None).exists()
        assert path.name == told["digest"]
    draft, told = kept(b"Another paper.\n")
    proposed(told)
    with as_body(ASHBY):
        actions.drop_draft(draft_id=draft.pk, at=AT, by=BY)
        assert files.find_bytes(told["digest"]).erased_at is None


def test_terms_whose_document_is_gone_are_refused_by_its_name():
    _, told = kept()
    with pytest.raises(actions.PaperMissing, match=r"report\.txt.*is not kept here any more"):
        proposed(told | {"digest": "0" * 64})


def test_another_file_under_the_same_title_is_a_change_that_is_told():
    said = [terms(documents=[{"title": "Report", "file": {"digest": d * 64, "name": "r", "kind": "k", "size": 1}}])
            for d in "ab"]  # fmt: skip
    one, other = (Terms(**each) for each in said)
    assert "Report" in " ".join(changes(one, other, names={ASHBY: "Ashby", BORLEY: "Borley"}))

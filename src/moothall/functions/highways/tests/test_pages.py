"""The inspector's and the crew's pages, as they click through them."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.world import EASTWOLD, MARCHSHIRE, as_staff

from moothall.core import files, queue
from moothall.core.clock import now
from moothall.core.ids import new_id
from moothall.core.scope import scoped
from moothall.functions.highways import actions, queries
from moothall.functions.highways.models import Repair
from moothall.functions.highways.tests.conftest import COUNTY, CREW, INSPECTOR, mill_lane, report


def reported(metres=0):
    opened = report(mill_lane(metres), at=now())
    with scoped(COUNTY):
        return queries.report_of(opened.case_id).defect


def ordered(metres=0):
    defect = reported(metres)
    with scoped(COUNTY):
        actions.inspect(inspection_id=new_id(), defect_id=defect.pk, impact=3, likelihood=3, cause="wear", at=now(),
                        by=INSPECTOR)  # fmt: skip
    queue.run_pending(at=now())
    with scoped(COUNTY):
        return queries.dossier(defect.pk)["order"]


def number_in(page) -> str:
    return re.search(r'name="number" value="([0-9a-f-]{36})"', page.content.decode())[1]


def photo(name="hole.jpg"):
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), "grey").save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/jpeg")


def test_an_inspector_works_through_the_list(county, client):
    defect = reported()
    as_staff(client, MARCHSHIRE, "officer")
    assert "Mill Lane" in client.get("/highways/").content.decode()
    form = client.get(f"/highways/defects/{defect.pk}/inspect/")
    assert "12 or more: high risk" in form.content.decode()
    said = {"number": number_in(form), "impact": "4", "likelihood": "3", "cause": "wear", "depth_mm": "60",
            "photo": photo()}  # fmt: skip
    answer = client.post(f"/highways/defects/{defect.pk}/inspect/", said)
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "High" in page
    assert "Impact 4, likelihood 3." in page
    with scoped(COUNTY):
        kept = queries.dossier(defect.pk)["inspections"][0].photo
        assert files.find(kept).kind == "image/jpeg"
    assert client.get(re.search(r'href="([^"]+)">Photo<', page)[1]).status_code == 200


def test_an_inspection_without_an_impact_says_what_to_do_and_keeps_what_was_typed(county, client):
    defect = reported()
    as_staff(client, MARCHSHIRE, "officer")
    address = f"/highways/defects/{defect.pk}/inspect/"
    said = {"number": number_in(client.get(address)), "cause": "wear", "note": "By the bus stop"}
    page = client.post(address, said).content.decode()
    assert "Choose how bad it would be." in page
    assert "By the bus stop" in page


def test_a_crew_member_mends_a_hole_with_photos_and_is_shown_the_nearest_next(county, client):
    order, other = ordered(), ordered(40)
    as_staff(client, MARCHSHIRE, "crew")
    assert "Mill Lane" in client.get("/crew/").content.decode()
    assert "Not possible because" in client.get(f"/crew/{order.pk}/").content.decode()
    form = client.get(f"/crew/{order.pk}/mended/")
    said = {"number": number_in(form), "method": "patch", "before": photo(), "after": photo("after.jpg")}
    answer = client.post(f"/crew/{order.pk}/mended/", said)
    page = client.get(answer["Location"]).content.decode()
    assert "Mended and saved" in page
    assert f"/crew/{other.pk}/" in page
    assert "40 metres" in page


def test_a_page_sent_twice_on_a_bad_signal_counts_once(county, client):
    order = ordered()
    as_staff(client, MARCHSHIRE, "crew")
    said = {"number": number_in(client.get(f"/crew/{order.pk}/mended/")), "method": "patch"}
    answers = [client.post(f"/crew/{order.pk}/mended/", said) for _ in range(2)]
    assert [a.status_code for a in answers] == [302, 302]
    with scoped(COUNTY):
        assert Repair.objects.filter(order=order).count() == 1


def test_a_crew_member_says_why_not(county, client):
    order = ordered()
    as_staff(client, MARCHSHIRE, "crew")
    form = client.get(f"/crew/{order.pk}/not-possible/")
    answer = client.post(f"/crew/{order.pk}/not-possible/", {"number": number_in(form), "reason": "parked"})
    assert "A parked car is in the way" in client.get(answer["Location"]).content.decode()
    assert "No jobs for you now" in client.get("/crew/").content.decode()


def test_a_repair_that_is_not_good_needs_a_word_about_what_is_wrong(county, client):
    order = ordered()
    with scoped(COUNTY):
        actions.record_visit(visit_id=new_id(), order_id=order.pk, method="patch", at=now(), by=CREW)
    queue.run_pending(at=now())
    as_staff(client, MARCHSHIRE, "officer")
    address = f"/highways/defects/{order.defect_id}/check/"
    said = {"number": number_in(client.get(address)), "passed": "no"}
    assert "Say what is wrong" in client.post(address, said).content.decode()
    assert client.post(address, said | {"note": "It sank"}).status_code == 302
    as_staff(client, MARCHSHIRE, "crew")
    assert "Mill Lane" in client.get("/crew/").content.decode()


def test_a_stretch_s_page_tells_its_guarantee_and_its_history(county, client):
    defect = ordered().defect
    as_staff(client, MARCHSHIRE, "officer")
    found = client.get("/highways/streets/?q=mill la").content.decode()
    assert f"/highways/streets/{defect.segment.usrn}/" in found
    assert f"/highways/segments/{defect.segment_id}/" in client.get(
        f"/highways/streets/{defect.segment.usrn}/").content.decode()  # fmt: skip
    page = client.get(f"/highways/segments/{defect.segment_id}/").content.decode()
    assert "Arden Vale Surfacing Limited" in page
    assert "Inspected: medium risk" in page


def test_the_job_says_that_the_contractor_pays(county, client):
    order = ordered()
    as_staff(client, MARCHSHIRE, "crew")
    assert "Arden Vale Surfacing Limited pays" in client.get(f"/crew/{order.pk}/").content.decode()


def test_the_list_costs_the_same_however_long_it_is(county, client, django_assert_max_num_queries):
    for metres in (0, 30, 60):
        reported(metres)
    as_staff(client, MARCHSHIRE, "officer")
    # session, account, two for who this is, scope settings three times, appointments, person, defects, checks, resting
    with django_assert_max_num_queries(16):
        client.get("/highways/")


@pytest.mark.parametrize("path", ["/highways/", "/highways/streets/", "/crew/"])
def test_a_stranger_is_asked_to_sign_in(db, client, path):
    assert client.get(path)["Location"].startswith("/sign-in/")


def test_an_outsider_s_officer_finds_none_of_our_defects(county, client):
    defect = reported()
    as_staff(client, EASTWOLD, "officer")
    assert "Nothing waits to be looked at" in client.get("/highways/").content.decode()
    for page in ("", "inspect/", "check/"):
        assert client.get(f"/highways/defects/{defect.pk}/{page}").status_code == 404
    assert client.get(f"/highways/segments/{defect.segment_id}/").status_code == 404


def test_an_outsider_s_crew_cannot_mend_our_hole(county, client):
    order = ordered()
    as_staff(client, EASTWOLD, "crew")
    said = {"number": str(new_id()), "method": "patch"}
    assert client.post(f"/crew/{order.pk}/mended/", said).status_code == 404
    with scoped(COUNTY):
        assert queries.order(order.pk).state == "open"

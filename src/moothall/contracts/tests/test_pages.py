import pytest
from tests.world import EASTWOLD, MARCHSHIRE, as_staff

from moothall.contracts.tests.test_guarantee import AT, INSPECT, REPAIR, run

assert AT


def test_everyone_reads_what_contractors_gave_back(real_db, client):
    run((INSPECT, {}), (REPAIR, {}))
    page = client.get("/deductions/").content.decode()
    assert "£334.20" in page
    assert "Arden Vale Surfacing Limited" in page
    sheet = client.get("/deductions.csv").content.decode().splitlines()
    assert sheet[1].split(",")[-2] == "33420"


def test_a_deduction_is_worked_out_line_by_line(real_db, client):
    from moothall.contracts.models import Deduction

    run((INSPECT, {}), (REPAIR, {}))
    page = client.get(f"/deductions/{Deduction.objects.get().pk}/").content.decode()
    assert "£84.20" in page
    assert "£250.00" in page


def test_it_can_be_read_in_welsh(real_db, client):
    run((INSPECT, {}), (REPAIR, {}))
    page = client.get("/deductions/", headers={"Accept-Language": "cy"}).content.decode()
    assert "Yr hyn a roddodd contractwyr yn ôl" in page
    assert "1 didyniad, £334.20" in page


def test_an_empty_list_says_what_will_appear(db, client):
    assert "No deduction has been made yet" in client.get("/deductions/").content.decode()


def test_the_manager_sees_the_clause_in_words_and_as_data(real_db, client):
    run((INSPECT, {}))
    as_staff(client, MARCHSHIRE, "manager")
    listed = client.get("/contracts/").content.decode()
    assert "MAR-2023-017" in listed
    from moothall.contracts.models import Contract
    from moothall.contracts.tests.test_guarantee import COUNTY
    from moothall.core.scope import scoped

    with scoped(COUNTY):
        pk = Contract.objects.get().pk
    page = client.get(f"/contracts/{pk}/").content.decode()
    assert "bears the cost of its repair" in page
    assert "at most £1,000.00" in page
    assert "after the repair" in page


def test_an_outsider_s_manager_sees_none_of_our_contracts(real_db, client):
    from moothall.contracts.models import Contract
    from moothall.contracts.tests.test_guarantee import COUNTY
    from moothall.core.scope import scoped

    with scoped(COUNTY):
        pk = Contract.objects.get().pk
    as_staff(client, EASTWOLD, "manager")
    assert "MAR-2023-017" not in client.get("/contracts/").content.decode()
    assert client.get(f"/contracts/{pk}/").status_code == 404


@pytest.mark.parametrize("address", ["/contracts/", "/contracts/1/"])
def test_a_stranger_is_asked_to_sign_in(db, client, address):
    assert client.get(address).status_code == 302

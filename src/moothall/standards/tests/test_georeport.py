"""Somebody else's client of Open311 reads our server, in both formats: the `georeport` of PyPI."""

import pytest
import requests
from georeport import GeoReport

from moothall.standards.tests.conftest import open_pothole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("functions")]


@pytest.fixture(params=["json", "xml"])
def theirs(request, client, monkeypatch, db):
    """Return their client, whose requests our own server answers."""

    def get(address, params=None):
        ours = client.get(address.removeprefix("https://moothall.example"), params)
        answer = requests.Response()
        answer.status_code, answer._content = ours.status_code, ours.content
        answer.headers.update(ours.headers)
        return answer

    monkeypatch.setattr(requests, "get", get)
    return GeoReport("https://moothall.example/open311/v2", "marchshire", output_format=request.param)


def test_it_reads_our_services_and_their_attributes(theirs):
    assert [one["service_code"] for one in theirs.get_service_list()] == ["report-pothole", "street-light"]
    assert theirs.get_service_definition("report-pothole")["service_code"] == "report-pothole"


def test_it_reads_our_requests_one_and_all(theirs):
    open_pothole()
    open_pothole()
    rows = theirs.get_service_requests(status="open", service_code="report-pothole")
    assert len(rows) == 2
    one = theirs.get_service_request(rows[0]["service_request_id"])
    assert one == rows[0]
    assert float(one["lat"]) == pytest.approx(52.4, abs=0.5)


def test_it_is_told_what_was_wrong(theirs):
    with pytest.raises(requests.HTTPError, match="404"):
        theirs.get_service_definition("no-such-service")

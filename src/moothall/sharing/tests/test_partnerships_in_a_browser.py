"""Pages of partnerships in a real browser, narrow and wide, with and without scripts."""

import pytest
from tests.terms import SECRET, running
from tests.world import ASHBY, account_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1280, True)])
def test_everybody_reads_a_partnership_and_its_versions(visit, width, scripts):
    system = {"name": "Old rounds system", "body_id": ASHBY, "retire_by": "2027-01-01"}
    running(withheld=[SECRET], systems=[system], documents=[{"title": "Report", "address": "https://a.example/r"}])
    for path in ("/partnerships/ashby-and-borley-waste/", "/partnerships/ashby-and-borley-waste/versions/1/"):
        visit.check(visit(path, width=width, scripts=scripts))


@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1280, True)])
def test_staff_write_terms_and_decide(visit, width, scripts):
    row = running()
    officer, councillor = account_of(ASHBY, "partnership-office"), account_of(ASHBY, "councillor")
    at = f"/staff/partnerships/at/{row.partnership.slug}/"
    visit.check(visit("/staff/partnerships/", width=width, scripts=scripts, account=officer))
    for path in (at, f"{at}versions/1/", f"{at}leave/", f"{at}end/"):
        visit.check(visit(path, width=width, scripts=scripts, account=councillor))
    page = visit("/staff/partnerships/", width=width, scripts=scripts, account=officer)
    page.get_by_role("button", name="Write terms").click()
    visit.check(page)
    draft = page.url.removeprefix(visit.site)
    for part in ("basics", "members", "model", "aims", "services", "withheld"):
        page.goto(f"{visit.site}{draft}{part}/")
        visit.check(page)
    page.goto(f"{visit.site}{draft}aims/")
    page.get_by_role("button", name="Add it").click()  # an empty form is asked for again
    visit.check(page)

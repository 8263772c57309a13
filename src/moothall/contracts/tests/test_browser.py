"""What contractors gave back, in a real browser."""

import pytest
from tests.world import MARCHSHIRE, account_of

from moothall.contracts.models import Contract, Deduction
from moothall.contracts.tests.test_guarantee import COUNTY, INSPECT, REPAIR, run
from moothall.core.scope import scoped

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1280])
def test_contracts_and_deductions_are_readable(visit, width):
    run((INSPECT, {}), (REPAIR, {}))
    with scoped(COUNTY):
        contract, deduction = Contract.objects.get(), Deduction.objects.get()
    for path in ("/deductions/", f"/deductions/{deduction.pk}/"):
        visit.check(visit(path, width=width))
    for path in ("/contracts/", f"/contracts/{contract.pk}/"):
        visit.check(visit(path, width=width, account=account_of(MARCHSHIRE, "manager")))

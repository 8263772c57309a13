"""What a body weighs: one appraisal that is published but for a bid, and one that is still written."""

import datetime as dt
import io

from PIL import Image
from tests.leaks.words import INSIDE, as_body, canary, told
from tests.world import ASHBY

from moothall.core.clock import now


def plant() -> None:
    """Ashby has published one appraisal, but for a bid; it writes another, with evidence, that nobody else reads."""
    from moothall.appraisal import actions as appraisal
    from moothall.appraisal.rules import draft
    from moothall.appraisal.rules.withholding import Withholding
    from moothall.appraisal.tests.small import given, small

    inside, day = canary(INSIDE[ASHBY]), now().date()
    bid = Withholding("cost_then", "Bids are open", "Ashby", "Weighed", day + dt.timedelta(days=90))
    with as_body(ASHBY):
        document = draft.drafted(small(title="Bills together"))
        document["inputs"]["cost_then"] = given(900, "A bidder's price", evidence=[f"{inside} bid"])
        row = appraisal.begin(body_id=ASHBY, document=document, why=f"{inside} wants it", **told(ASHBY))
        appraisal.freeze(case_id=row.pk, why=f"{inside} agreed", **told(ASHBY))
        appraisal.publish(case_id=row.pk, why=f"{inside} agreed", withheld=[bid], **told(ASHBY))
        document = draft.drafted(small(title="Bills alone", author=f"{inside} post"))
        row = appraisal.begin(body_id=ASHBY, document=document, why=f"{inside} wants it", **told(ASHBY))
        _filed(row, "cost_now", f"{inside} ledger")


def _filed(row, figure: str, title: str) -> None:
    from moothall.appraisal import actions as appraisal

    paper = io.BytesIO()
    Image.new("RGB", (8, 8), (20, 20, 20)).save(paper, "PNG")
    paper.seek(0)
    appraisal.file_evidence(
        case_id=row.pk, figure=figure, title=title, file=paper, name="ledger.png", **told(ASHBY)
    )  # fmt: skip

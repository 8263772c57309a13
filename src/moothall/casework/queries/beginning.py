"""A request that ended, begun again: what its new draft starts with."""

import datetime as dt

from moothall.casework.queries.file import CaseFile
from moothall.catalogue import queries as catalogue
from moothall.sharing import queries as sharing


def known_again(file: CaseFile, today: dt.date) -> dict | None:
    """Return the answers with which an ended request may be begun again today, or None where it may not.

    The version that its body offers now decides what is asked; None too where it offers the service no more.
    """
    if file.case.state != "closed":
        return None
    offered = sharing.adoption(file.case.body_id, file.case.service_id, today)
    if offered is None:
        return None
    present = catalogue.definition(offered.version_id)
    return catalogue.answers_again(file.definition, file.answers, file.guarded(), present, today)

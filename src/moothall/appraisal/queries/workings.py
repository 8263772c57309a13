"""A document worked out: read, appraised and shown, each once in a process for as long as it is asked for."""

import hashlib
import json

from moothall.appraisal.rules import draft
from moothall.appraisal.rules import report as reports
from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.kept import Kept, each
from moothall.appraisal.rules.reading import check
from moothall.appraisal.rules.report import Report
from moothall.appraisal.rules.shown import shown as shown_of

MOST_BYTES = 192 << 20
"""What parts of results may take in each process: enough for ten options of 108 uncertain figures, or three of 50."""
MOST = 16

_parts = Kept(MOST_BYTES)
_reports, _shown = Kept(MOST, each), Kept(MOST, each)


def fingerprint(document: dict) -> str:
    """Return what changes with anything in a document, the order of its options and inputs included."""
    return hashlib.sha256(json.dumps(document, ensure_ascii=False).encode()).hexdigest()


def read(document: dict) -> Case:
    """Return the case a document says. Raises CaseRefused with everything that is missing or wrong."""
    return check(draft.whole(document))


def report(document: dict) -> Report:
    """Return the whole result of a document; what hangs on no change is not worked out again. Raises CaseRefused."""
    return _reports(fingerprint(document), lambda: reports.appraise(read(document), _parts))


def shown(document: dict) -> dict:
    """Return what pages show of a document's result, as plain data. Raises CaseRefused."""
    return _shown(fingerprint(document), lambda: shown_of(report(document)))

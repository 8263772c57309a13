"""A document worked out: read, appraised and shown, each once in a process for as long as it is asked for."""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from moothall.appraisal.rules import draft
from moothall.appraisal.rules import report as reports
from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.reading import check
from moothall.appraisal.rules.report import Report
from moothall.appraisal.rules.shown import shown as shown_of

MOST = 16


class _Kept:
    """The newest results of a function of documents, by fingerprint."""

    def __init__(self, work: Callable[[dict], object]):
        self.work, self.found, self.lock = work, OrderedDict(), Lock()

    def __call__(self, document: dict):
        key = fingerprint(document)
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
                return self.found[key]
        result = self.work(document)
        with self.lock:
            self.found[key] = result
            while len(self.found) > MOST:
                self.found.popitem(last=False)
        return result


def fingerprint(document: dict) -> str:
    """Return what changes with anything in a document, the order of its options and inputs included."""
    return hashlib.sha256(json.dumps(document, ensure_ascii=False).encode()).hexdigest()


def read(document: dict) -> Case:
    """Return the case a document says. Raises CaseRefused with everything that is missing or wrong."""
    return check(draft.whole(document))


report: Callable[[dict], Report] = _Kept(lambda document: reports.appraise(read(document)))
"""Return the whole result of a document. Raises CaseRefused."""

shown: Callable[[dict], dict] = _Kept(lambda document: shown_of(report(document)))
"""Return what pages show of a document's result, as plain data. Raises CaseRefused."""

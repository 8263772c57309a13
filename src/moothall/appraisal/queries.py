"""Reading a case: from its YAML text to figures, without a database."""

from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.reading import read


def read_case(text: str) -> Case:
    """Return the case in a YAML text. Raises CaseRefused, or NotOnOneBasis where its options cannot be compared."""
    return read(text)

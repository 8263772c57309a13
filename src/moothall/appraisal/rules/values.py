"""The values the sums are done with: as filed, or with reference classes in place of claims without evidence."""

from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.completeness import named_values
from moothall.appraisal.rules.facts import fact


def claims(case: Case) -> dict[str, float]:
    """Return {input: the class's figure} of inputs that name a reference class and file no evidence of their own."""
    classes = fact("classes")
    return {
        name: classes[given.reference_class]["prior"]
        for name, given in case.inputs.items()
        if given.reference_class and not given.evidence
    }


def as_filed(case: Case) -> dict[str, float]:
    """Return every value as its author filed it."""
    return named_values(case)


def sober(case: Case) -> dict[str, float]:
    """Return every value, with the reference class's figure where a claim has no evidence: what the results stand on.

    A shared back office saves nothing until somebody files evidence that it does (facts/classes.yaml).
    """
    return named_values(case) | claims(case)

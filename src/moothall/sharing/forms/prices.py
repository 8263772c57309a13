"""A price rule as a person writes it: the way it is reckoned, and for each way what it needs, in words."""

import re

from django import forms
from pydantic import ValidationError

from moothall.bodies import queries as bodies
from moothall.core.money import NotMoney, parse_pounds
from moothall.sharing.rules.prices import IN_RETURN, PriceRule
from moothall.ui.forms import PoundsField

METHODS = {
    "per-case": "A sum for each request",
    "per-unit": "A sum for each unit of work",
    "by-band": "A sum for each request that falls as there are more",
    "fixed": "A sum for the year, however much is done",
}
"""The ways that need nothing but a price: what an offer to anybody can say."""
SHARED = {
    "by-head": "By the number of residents",
    "full-cost": "The provider's whole cost, in shares",
    "step-down": "Step by step, from cost centre to cost centre",
}
"""The ways that rest on what the work costs, and on who else bears it."""
BAND = re.compile(r"\s*(?:up to\s+([\d,]+)|after that|the rest)\s*[:=]\s*(\S+)\s*", re.IGNORECASE)
BANDS_LIKE = "Write one band a line, such as “up to 500: 4.20”, and “after that: 3.90” last."
WEIGHT = re.compile(r"\s*(.+?)\s+(\d+)\s*")
SHARES_LIKE = "Write one body a line with its share, such as “ASH 3”. A body is named by its three letters."
STEP = re.compile(r"\s*([^:]+?)\s*([\d,.]*)\s*:\s*(.+?)\s*")
STEPS_LIKE = (
    "Write one cost centre a line, such as “Depot 12,000: ASH 2, BOR 1, Vehicles 3”, each before those it serves."
)


UNPAID = {IN_RETURN: "Nothing: they work for us in return"}
"""What an offer can say besides; who pays nothing agrees on no price."""


class PriceForm(forms.Form):
    """How work is priced. A valid form has `price`, a PriceRule."""

    METHODS = METHODS

    method = forms.ChoiceField(label="How is it priced?", widget=forms.RadioSelect)
    amount = PoundsField(
        label="Price in pounds",
        required=False,
        help_text="Of a request, a unit or a year. Leave it empty if the price falls by bands.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "prefix": "£", "inputmode": "decimal"}),
    )
    unit = forms.CharField(
        label="What is a unit?",
        required=False,
        max_length=60,
        help_text="If you price by the unit: a bin, a lift, an hour.",
    )
    bands = forms.CharField(
        label="Bands", required=False, help_text=BANDS_LIKE, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = list(self.METHODS.items())

    def clean(self):
        """Make the price a rule; put what it lacks beside the question it is about."""
        given = super().clean()
        method = given.get("method")
        if method and not (method in ("per-case", "per-unit", "fixed", "by-head") and "amount" in self.errors):
            given["price"] = self._READ[method](self, given)
        return given

    def _of_amount(self, given: dict) -> PriceRule | None:
        if not given.get("amount") or given["amount"] < 0:
            self.add_error("amount", "Write the price in pounds, such as 4.20.")
            return None
        if given["method"] == "per-unit" and not given.get("unit"):
            self.add_error("unit", "Write what is counted, such as a bin.")
            return None
        unit = given["unit"] if given["method"] == "per-unit" else ""
        return PriceRule(method=given["method"], pence=given["amount"], unit=unit)

    def _of_bands(self, given: dict) -> PriceRule | None:
        try:
            found = [BAND.fullmatch(line) for line in _lines(given, "bands")]
            if not found or None in found:
                raise ValueError
            ends = [int(band[1].replace(",", "")) if band[1] else None for band in found]
            amounts = [parse_pounds(band[2]) for band in found]
            bands = [{"up_to": end, "pence": pence} for end, pence in zip(ends, amounts, strict=True)]
            return PriceRule(method="by-band", bands=bands)
        except (ValueError, NotMoney):
            self.add_error("bands", BANDS_LIKE)
            return None

    _READ = {"per-case": _of_amount, "per-unit": _of_amount, "fixed": _of_amount, "by-band": _of_bands}


class EveryPriceForm(PriceForm):
    """A price in any of the ways in which two bodies may share a cost."""

    METHODS = METHODS | SHARED

    shares = forms.CharField(
        label="Shares", required=False, help_text=f"For the whole cost in shares. {SHARES_LIKE}",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    steps = forms.CharField(
        label="Steps", required=False, help_text=f"For step by step. {STEPS_LIKE}",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def _by_head(self, given: dict) -> PriceRule | None:
        """A price for each resident, or the provider's cost by residents when no price is written."""
        return PriceRule(method="by-head", pence=max(given.get("amount") or 0, 0))

    def _by_shares(self, given: dict) -> PriceRule | None:
        try:
            shares = dict(_weighed(line) for line in _lines(given, "shares"))
            _bodies_of(shares)
            return PriceRule(method="full-cost", shares=shares)
        except ValueError as fault:
            self.add_error("shares", _said(fault) or SHARES_LIKE)
            return None

    def _by_steps(self, given: dict) -> PriceRule | None:
        try:
            steps = [_step(line) for line in _lines(given, "steps")]
            named = {step["centre"] for step in steps}
            _bodies_of({name for step in steps for name in step["to"]} - named)
            return PriceRule(method="step-down", steps=steps)
        except (ValueError, NotMoney) as fault:
            self.add_error("steps", _said(fault) or STEPS_LIKE)
            return None

    _READ = PriceForm._READ | {"by-head": _by_head, "full-cost": _by_shares, "step-down": _by_steps}


def _lines(given: dict, name: str) -> list[str]:
    return [line for line in given.get(name, "").splitlines() if line.strip()]


def _weighed(text: str) -> tuple[str, int]:
    found = WEIGHT.fullmatch(text)
    if found is None:
        raise ValueError
    return found[1], int(found[2])


def _step(line: str) -> dict:
    found = STEP.fullmatch(line)
    if found is None:
        raise ValueError
    pence = parse_pounds(found[2]) if found[2] else 0
    return {"centre": found[1], "pence": pence, "to": dict(_weighed(one) for one in found[3].split(","))}


def _bodies_of(names) -> None:
    """Raise ValueError for a name that is no body's code."""
    known = {body.code for body in bodies.bodies()}
    if unknown := sorted(set(names) - known):
        raise ValueError(f"We know no body and no later cost centre “{unknown[0]}”. Bodies are named by three letters.")


def _said(fault: Exception) -> str:
    """Return what a fault says to a person, "" where it says nothing."""
    if isinstance(fault, ValidationError):
        return fault.errors()[0]["msg"].removeprefix("Value error, ")
    return str(fault)

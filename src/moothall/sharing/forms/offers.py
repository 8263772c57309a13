"""What a body writes when it offers a service to others."""

import re

from django import forms

from moothall.core.money import NotMoney, parse_pounds
from moothall.sharing.models.offers import PROVISIONS
from moothall.sharing.rules.prices import PriceRule
from moothall.sharing.rules.vat import TREATMENTS
from moothall.ui.forms import DayField, PoundsField

METHODS = {
    "per-case": "A sum for each request",
    "per-unit": "A sum for each unit of work",
    "by-band": "A sum for each request that falls as there are more",
    "fixed": "A sum for the year, however much is done",
}
LANGUAGES = {
    "en": "English", "cy": "Welsh", "pl": "Polish", "ro": "Romanian", "pa": "Panjabi", "ur": "Urdu", "bn": "Bengali",
    "ar": "Arabic", "bfi": "British Sign Language",
}  # fmt: skip
"""ISO 639 codes of the languages asked for most, as the census of 2021 counted them."""
VAT = tuple({row.code: row.words for row in TREATMENTS}.items())
BAND = re.compile(r"\s*(?:up to\s+([\d,]+)|after that|the rest)\s*[:=]\s*(\S+)\s*", re.IGNORECASE)
BANDS_LIKE = "Write one band a line, such as “up to 500: 4.20”, and “after that: 3.90” last."


class OfferForm(forms.Form):
    """The terms on which a service is offered."""

    provision = forms.ChoiceField(
        label="Who does the work?", choices=list(PROVISIONS.items()), widget=forms.RadioSelect
    )
    capacity = forms.IntegerField(
        label="How many requests a week can you do for others?",
        help_text="For all of them together. When more than that waits, the clock on the offer says so.",
        min_value=1,
        max_value=100_000,
        error_messages={"required": "Write how many a week.", "min_value": "Write 1 or more."},
    )
    clock = forms.IntegerField(label="The soonest you can promise it", min_value=0, max_value=3650)
    method = forms.ChoiceField(label="How is it priced?", choices=list(METHODS.items()), widget=forms.RadioSelect)
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
    vat = forms.ChoiceField(label="VAT", choices=VAT, widget=forms.RadioSelect)
    terms = forms.CharField(
        label="Terms, in words",
        max_length=4000,
        widget=forms.Textarea,
        help_text="What you do and do not do, notice on either side, who answers to the resident.",
        error_messages={"required": "Write the terms, so that nobody has to ask."},
    )
    languages = forms.MultipleChoiceField(
        label="Languages you do it in",
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
    )
    hours = forms.CharField(
        label="Hours",
        max_length=200,
        error_messages={"required": "Write the hours, such as Monday to Friday, 8am to 4pm."},
    )
    starts = DayField(label="First day")
    ends = DayField(label="Day on which it ends", required=False, help_text="Leave it empty if it has no end.")

    def __init__(self, *args, unit: str | None, **kwargs):
        super().__init__(*args, **kwargs)
        if unit is None:
            self.fields.pop("clock")
        else:
            self.fields["clock"].help_text = f"In {unit}, as residents are told. Not sooner than for your own."

    def clean(self):
        """Make the price a rule; put what it lacks beside the question it is about."""
        given = super().clean()
        method = given.get("method")
        if method == "by-band":
            given["price"] = self._banded(given)
        elif method and "amount" not in self.errors:
            given["price"] = self._priced(method, given)
        if given.get("ends") and given.get("starts") and given["ends"] <= given["starts"]:
            self.add_error("ends", "Choose a day after the first day.")
        return given

    def _priced(self, method: str, given: dict) -> PriceRule | None:
        if not given.get("amount") or given["amount"] < 0:
            self.add_error("amount", "Write the price in pounds, such as 4.20.")
            return None
        if method == "per-unit" and not given.get("unit"):
            self.add_error("unit", "Write what is counted, such as a bin.")
            return None
        unit = given["unit"] if method == "per-unit" else ""
        return PriceRule(method=method, pence=given["amount"], unit=unit)

    def _banded(self, given: dict) -> PriceRule | None:
        try:
            found = [BAND.fullmatch(line) for line in given.get("bands", "").splitlines() if line.strip()]
            if not found or None in found:
                raise ValueError
            ends = [int(band[1].replace(",", "")) if band[1] else None for band in found]
            amounts = [parse_pounds(band[2]) for band in found]
            bands = [{"up_to": end, "pence": pence} for end, pence in zip(ends, amounts, strict=True)]
            return PriceRule(method="by-band", bands=bands)
        except (ValueError, NotMoney):
            self.add_error("bands", BANDS_LIKE)
            return None


class OwnCost(forms.Form):
    """What a year of a service costs the body that asks, if it knows."""

    own = PoundsField(
        label="What a year of it costs you now",
        required=False,
        help_text="If you know it. It is not kept.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "prefix": "£", "inputmode": "decimal"}),
    )

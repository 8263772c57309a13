"""What a body writes when it offers a service to others."""

from django import forms

from moothall.sharing.forms.prices import METHODS, UNPAID, PriceForm
from moothall.sharing.models.offers import PROVISIONS
from moothall.sharing.rules.prices import IN_RETURN, PriceRule
from moothall.sharing.rules.vat import TREATMENTS
from moothall.ui.forms import DayField, PoundsField

LANGUAGES = {
    "en": "English", "cy": "Welsh", "pl": "Polish", "ro": "Romanian", "pa": "Panjabi", "ur": "Urdu", "bn": "Bengali",
    "ar": "Arabic", "bfi": "British Sign Language",
}  # fmt: skip
"""ISO 639 codes of the languages asked for most, as the census of 2021 counted them."""
VAT = tuple({row.code: row.words for row in TREATMENTS}.items())


class OfferForm(PriceForm):
    """The terms on which a service is offered."""

    METHODS = METHODS | UNPAID
    _READ = PriceForm._READ | {IN_RETURN: lambda form, given: PriceRule(method=IN_RETURN)}

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

    field_order = ("provision", "capacity", "clock", "method", "amount", "unit", "bands", "vat")

    def __init__(self, *args, unit: str | None, **kwargs):
        super().__init__(*args, **kwargs)
        if unit is None:
            self.fields.pop("clock")
        else:
            self.fields["clock"].help_text = f"In {unit}, as residents are told. Not sooner than for your own."

    def clean(self):
        """Have it end after it begins."""
        given = super().clean()
        if given.get("ends") and given.get("starts") and given["ends"] <= given["starts"]:
            self.add_error("ends", "Choose a day after the first day.")
        return given


class OwnCost(forms.Form):
    """What a year of a service costs the body that asks, if it knows."""

    own = PoundsField(
        label="What a year of it costs you now",
        required=False,
        help_text="If you know it. It is not kept.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "prefix": "£", "inputmode": "decimal"}),
    )

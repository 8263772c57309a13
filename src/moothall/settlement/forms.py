"""What finance officers fill in about recharges."""

import datetime as dt

from django import forms

from moothall.bodies.queries import bodies
from moothall.core.years import named, quarters_over, year_before
from moothall.sharing.forms.offers import VAT
from moothall.sharing.forms.prices import EveryPriceForm
from moothall.ui.forms import DayField, PoundsField

WORK, TRUE_UP = "work", "true-up"


def periods(today: dt.date) -> list[tuple[str, str]]:
    """Return (value, words) of what can be charged on a day: quarters that are over, newest first, then years' ends.

    >>> [value for value, _words in periods(dt.date(2026, 7, 6))][:2]
    ['work/2026-04-01/2026-06-30', 'work/2026-01-01/2026-03-31']
    """
    work = [(f"{WORK}/{first}/{last}", f"{first:%B} to {last:%B %Y}") for first, last in quarters_over(today)]
    first, last = year_before(today)
    return [*work, (f"{TRUE_UP}/{first}/{last}", f"Year-end true-up of {named(first)}")]


class DrawForm(forms.Form):
    """For whom, and which days."""

    payer = forms.TypedChoiceField(label="For whom was the work done?", coerce=int)
    days = forms.ChoiceField(label="Which days?")

    def __init__(self, *args, payers: list[tuple[int, str]], today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["payer"].choices = payers
        self.fields["days"].choices = periods(today)

    def clean_days(self) -> tuple[str, dt.date, dt.date]:
        """Return (kind, first day, last day)."""
        kind, first, last = self.cleaned_data["days"].split("/")
        return kind, dt.date.fromisoformat(first), dt.date.fromisoformat(last)


class DisputeForm(forms.Form):
    """Why a line is not accepted."""

    reason = forms.CharField(
        label="Why do you not accept this line?",
        max_length=300,
        help_text="The other body reads it, and it stays beside the line for good. Name no person.",
        error_messages={"required": "Write why you do not accept this line"},
    )


class AnswerForm(forms.Form):
    """Why a dispute ends."""

    answer = forms.CharField(
        label="What did you find?",
        max_length=300,
        help_text="The other body reads it, and it stays beside the line for good. Name no person.",
        error_messages={"required": "Write what you found"},
    )


STRUCTURE = "structure"
FILES = [("actual", "Ledger lines: what was spent"), ("budget", "Budget lines"), (STRUCTURE, "The cost centres")]
LARGEST = 10_000_000
"""Bytes of one file."""


class CostsForm(forms.Form):
    """A file of the finance system, with the totals that it must have."""

    kind = forms.ChoiceField(label="What is in the file?", choices=FILES, widget=forms.RadioSelect)
    file = forms.FileField(
        label="The file (CSV)",
        help_text="Lines: entry, date, centre, account, amount. Cost centres: code, title, parent. "
        "Other columns are not read.",
        error_messages={"required": "Choose the file"},
    )
    control_rows = forms.IntegerField(
        label="How many lines must it have?", required=False, min_value=1, help_text="For ledger and budget lines"
    )
    control_total = PoundsField(
        label="What must they add up to?", required=False, max_length=20, help_text="In pounds, like 12,345.60"
    )
    do = forms.ChoiceField(
        label="What shall we do?",
        choices=[("check", "Only check it, and keep nothing"), ("take", "Take it in, if nothing is wrong with it")],
        widget=forms.RadioSelect,
        initial="check",
    )

    def clean_file(self) -> str:
        """Return the file's text."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("The file is larger than 10 MB. Send it month by month.")
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError("Save the file as CSV in UTF-8, then choose it again.") from None

    def clean(self):
        """Ask for the totals of lines that are to be taken in."""
        given = super().clean()
        if given.get("do") == "take" and given.get("kind") in ("actual", "budget"):
            for name in ("control_rows", "control_total"):
                if given.get(name) is None and name not in self.errors:
                    self.add_error(name, "Give the total that your ledger shows")
        return given


class MapForm(forms.Form):
    """Which service a cost centre is spent on, from when."""

    centre = forms.ChoiceField(label="Which cost centre?")
    service = forms.ChoiceField(label="Which service is it spent on?")
    starts = DayField(label="From which day?")

    def __init__(self, *args, centres: list[tuple[str, str]], services: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["centre"].choices = centres
        self.fields["service"].choices = services


class ResidentsForm(forms.Form):
    """How many people live in the body's area."""

    residents = forms.IntegerField(label="How many people live in our area?", min_value=1, max_value=20_000_000)
    since = DayField(label="From which day does the estimate hold?")
    source = forms.CharField(
        label="Whose estimate is it?", max_length=200, help_text="Such as the mid-year estimate of 2025"
    )


class CompareForm(forms.Form):
    """Which service's cost is shared, and what it cost where the ledger does not say."""

    service = forms.ChoiceField(label="Which service?")
    cost = PoundsField(
        label="What did it cost in the year?",
        required=False,
        max_length=20,
        help_text="In pounds. Leave it empty for what the ledger says.",
    )
    unit = forms.CharField(
        label="What is a unit?",
        required=False,
        max_length=40,
        help_text="A number that the work puts out, such as items. Leave it empty and each case counts one.",
    )

    def __init__(self, *args, services: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = services

    def clean_cost(self) -> int | None:
        """Return pence, or None for what the ledger says."""
        pence = self.cleaned_data["cost"]
        if pence is not None and pence <= 0:
            raise forms.ValidationError("A cost is more than nothing. Write it in pounds, like 12,500.")
        return pence


POST, NO_NAME = "Section 151 officer", "A post, not a name"
WE_PAY, WE_ARE_PAID = "we-pay", "we-are-paid"


class ProposeForm(EveryPriceForm):
    """What one body would pay another for a service."""

    way = forms.ChoiceField(
        label="Who works for whom?",
        choices=[(WE_ARE_PAID, "We work for them, and they pay us"), (WE_PAY, "They work for us, and we pay them")],
        widget=forms.RadioSelect,
    )
    other = forms.TypedChoiceField(label="Which other body?", coerce=int)
    service = forms.ChoiceField(label="For which service?")
    vat = forms.ChoiceField(label="VAT", choices=VAT, widget=forms.RadioSelect)
    starts = DayField(label="From which day?")
    ends = DayField(label="Day on which it ends", required=False, help_text="Leave it empty if it has no end.")
    basis = forms.CharField(
        label="Which decision or agreement does it rest on?",
        max_length=300,
        help_text="Such as: Joint committee, 12 May 2026, minute 14",
        error_messages={"required": "Write which decision it rests on"},
    )
    post = forms.CharField(label="Who proposes it for us?", max_length=120, initial=POST, help_text=NO_NAME)

    field_order = ("way", "other", "service", "method", "amount", "unit", "bands", "shares", "steps", "vat")

    def __init__(self, *args, own: int, services: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.own = own
        self.fields["other"].choices = [(one.id, one.name) for one in bodies(partner=True) if one.id != own]
        self.fields["service"].choices = services

    def proposed(self) -> dict:
        """Return a valid form as `sharing.actions.propose_recharge` takes it."""
        given = self.cleaned_data
        payer, provider = (self.own, given["other"]) if given["way"] == WE_PAY else (given["other"], self.own)
        said = {name: given[name] for name in ("vat", "starts", "ends", "basis", "post")}
        said |= {"service_id": given["service"], "rule": given["price"]}
        return said | {"payer_id": payer, "provider_id": provider}


class EndForm(forms.Form):
    """When terms are to end."""

    ends = DayField(label="On which day should these terms no longer hold?")
    basis = forms.CharField(
        label="Which decision does it rest on?",
        max_length=300,
        error_messages={"required": "Write which decision it rests on"},
    )
    post = forms.CharField(label="Who proposes it for us?", max_length=120, initial=POST, help_text=NO_NAME)


class AnswerProposalForm(forms.Form):
    """The other body's answer to a proposal."""

    answer = forms.ChoiceField(
        label="What is our answer?",
        choices=[("agree", "We agree"), ("decline", "We do not agree")],
        widget=forms.RadioSelect,
    )
    post = forms.CharField(label="Who answers for us?", max_length=120, initial=POST, help_text=NO_NAME)
    reason = forms.CharField(
        label="Why not?",
        max_length=500,
        required=False,
        help_text="If we do not agree. The other body reads it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self):
        """Ask why it is declined."""
        given = super().clean()
        if given.get("answer") == "decline" and not given.get("reason"):
            self.add_error("reason", "Say why, so that the other body can propose something better")
        return given

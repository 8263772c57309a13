"""What finance officers fill in about recharges."""

import datetime as dt

from django import forms

from moothall.settlement.rules.years import named, quarters, year_of

WORK, TRUE_UP = "work", "true-up"


def periods(today: dt.date) -> list[tuple[str, str]]:
    """Return (value, words) of what can be charged on a day: quarters that are over, newest first, then years' ends.

    >>> [value for value, _words in periods(dt.date(2026, 7, 6))][:2]
    ['work/2026-04-01/2026-06-30', 'work/2026-01-01/2026-03-31']
    """
    last_year = year_of(today)[0] - dt.timedelta(days=1)
    over = [days for year in (today, last_year) for days in reversed(quarters(year)) if days[1] < today]
    work = [(f"{WORK}/{first}/{last}", f"{first:%B} to {last:%B %Y}") for first, last in over]
    first, last = year_of(last_year)
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

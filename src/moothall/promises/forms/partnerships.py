"""What a member records of an aim, of its staff's time, and of what it puts in."""

from django import forms

from moothall.promises.forms.savings import Source
from moothall.ui.forms import DayField


class Figure(forms.DecimalField):
    """A figure as it was measured, with an example of one for who writes none."""

    def __init__(self, label: str, example: str, **more):
        missing = {"required": "Give the figure.", "invalid": f"Give a number, such as {example}."}
        super().__init__(label=label, max_digits=14, decimal_places=2, error_messages=missing, **more)


class MeasureForm(forms.Form):
    """A figure measured of an aim."""

    aim = forms.ChoiceField(label="Which aim?", widget=forms.RadioSelect, error_messages={"required": "Choose one."})
    figure = Figure("What was measured?", "38 or 38.5")
    day = DayField(label="On which day?")
    source = Source(help_text="A report and page, or an address")

    def __init__(self, aims, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["aim"].choices = [(one.words, one.words) for one in aims if not one.counts]


class TimeForm(forms.Form):
    """How long one request of a service takes."""

    service_id = forms.ChoiceField(label="Of which service?")
    minutes = forms.IntegerField(
        label="How many minutes of our staff's time does one request take?", min_value=1, max_value=100_000,
        help_text="On average, all hands together. It is counted of the work, never of a person.",
        error_messages={"required": "Give the minutes.", "min_value": "Give 1 or more."},
    )  # fmt: skip
    day = DayField(label="Up to which day was it measured?")
    source = Source(
        "How was it measured?", "Say how it was measured.", help_text="Such as: two weeks in June, 140 requests"
    )

    def __init__(self, services, *args, **kwargs):
        super().__init__(*args, prefix="time", **kwargs)
        self.fields["service_id"].choices = services


class PutInForm(forms.Form):
    """What our body put in of its contribution."""

    what = forms.ChoiceField(label="Which contribution of ours?")
    figure = Figure(
        "How much did we put in over the last year?", "9500 or 80", min_value=0,
        help_text="In pounds where money was promised; else in per cent of what was promised.",
    )  # fmt: skip
    day = DayField(label="The year up to which day?")
    source = Source("Where does the figure stand?", help_text="Such as: ledger code 4410, or a time sheet")

    def __init__(self, contributions, *args, **kwargs):
        super().__init__(*args, prefix="put-in", **kwargs)
        self.fields["what"].choices = [(one.what, one.what) for one in contributions]

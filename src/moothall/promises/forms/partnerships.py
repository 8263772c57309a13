"""What a member records of an aim, and of its staff's time."""

from django import forms

from moothall.ui.forms import DayField


class MeasureForm(forms.Form):
    """A figure measured of an aim."""

    aim = forms.ChoiceField(label="Which aim?", widget=forms.RadioSelect, error_messages={"required": "Choose one."})
    figure = forms.DecimalField(
        label="What was measured?", max_digits=14, decimal_places=2,
        error_messages={"required": "Give the figure.", "invalid": "Give a number, such as 38 or 38.5."},
    )  # fmt: skip
    day = DayField(label="On which day?")
    source = forms.CharField(
        label="Where does it stand?", max_length=300, help_text="A report and page, or an address",
        error_messages={"required": "Say where it stands."},
    )  # fmt: skip

    def __init__(self, aims, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["aim"].choices = [(one.words, one.words) for one in aims if not one.counts]


class TimeForm(forms.Form):
    """How long one request of a service takes."""

    service = forms.ChoiceField(label="Of which service?")
    minutes = forms.IntegerField(
        label="How many minutes of our staff's time does one request take?", min_value=1, max_value=100_000,
        help_text="On average, all hands together. It is counted of the work, never of a person.",
        error_messages={"required": "Give the minutes.", "min_value": "Give 1 or more."},
    )  # fmt: skip
    timed_on = DayField(label="Up to which day was it measured?")
    timed_source = forms.CharField(
        label="How was it measured?", max_length=300, help_text="Such as: two weeks in June, 140 requests",
        error_messages={"required": "Say how it was measured."},
    )  # fmt: skip

    def __init__(self, services, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = services


class PutInForm(forms.Form):
    """What our body put in of its contribution."""

    put_in = forms.ChoiceField(label="Which contribution of ours?")
    put_in_figure = forms.DecimalField(
        label="How much did we put in over the last year?", min_value=0, max_digits=14, decimal_places=2,
        help_text="In pounds where money was promised; else in per cent of what was promised.",
        error_messages={"required": "Give the figure.", "invalid": "Give a number, such as 9500 or 80."},
    )  # fmt: skip
    put_in_day = DayField(label="The year up to which day?")
    put_in_source = forms.CharField(
        label="Where does the figure stand?", max_length=300, help_text="Such as: ledger code 4410, or a time sheet",
        error_messages={"required": "Say where it stands."},
    )  # fmt: skip

    def __init__(self, contributions, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["put_in"].choices = [(one.what, one.what) for one in contributions]

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

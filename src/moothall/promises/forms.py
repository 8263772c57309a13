"""What a member records of an aim."""

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
        self.fields["aim"].choices = [(one.words, one.words) for one in aims]

"""What is taken from live data."""

from django import forms

from moothall.appraisal.queries.live import WHAT
from moothall.ui.forms import DayField


class LiveForm(forms.Form):
    """Which figure of which service, of which days."""

    name = forms.RegexField(
        r"^[\w][\w-]*$", label="Short name of the figure", max_length=60,
        help_text="A new one, or one that is there already",
        error_messages={"required": "Give a short name.", "invalid": "Use letters, figures, - and _ only."},
    )  # fmt: skip
    what = forms.ChoiceField(label="What is read?", widget=forms.RadioSelect, choices=list(WHAT.items()))
    service = forms.ChoiceField(label="Of which service?")
    first = DayField(label="From which day?")
    last = DayField(label="To which day?")
    provider = forms.TypedChoiceField(
        label="Whose offer?", required=False, coerce=int, empty_value=None, help_text="Only for the price of an offer"
    )

    def __init__(self, services, providers, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = services
        self.fields["provider"].choices = [("", "Not chosen"), *providers]

    def clean(self):
        """Refuse days the wrong way round, and a price of nobody's offer."""
        given = super().clean()
        if given.get("first") and given.get("last") and given["last"] < given["first"]:
            self.add_error("last", "The last day is not before the first. Change one of them.")
        if given.get("what") == "price" and not given.get("provider"):
            self.add_error("provider", "Choose whose offer it is.")
        return given

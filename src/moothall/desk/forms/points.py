"""Where a body receives people, and the days on which it is not open as usual."""

from django import forms

from moothall.desk.rules.points import ACCESS, LANGUAGES
from moothall.ui.forms import DayField


def _ticks(label: str, choices) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


class PointForm(forms.Form):
    """A place where a body receives people."""

    use_required_attribute = False
    name = forms.CharField(label="Name", max_length=100, error_messages={"required": "Write what people call it"})
    name_cy = forms.CharField(label="Name in Welsh, if it has one", max_length=100, required=False)
    address = forms.CharField(
        label="Number, street and town", max_length=200, error_messages={"required": "Write where it is"}
    )
    postcode = forms.CharField(
        label="Postcode",
        max_length=8,
        help_text="The map shows it there.",
        error_messages={"required": "Write its postcode"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    phone = forms.CharField(label="Telephone number there", max_length=20, required=False)
    hours = forms.CharField(
        label="Open",
        max_length=200,
        help_text="Such as Mo-Fr 09:00-17:00; Sa 10:00-13:00. It is closed on bank holidays unless you say otherwise.",
        error_messages={"required": "Write when it is open"},
    )
    languages = _ticks("Languages in which somebody there can help", LANGUAGES)
    access = _ticks("What there is for people who need it", ACCESS)
    services = _ticks("What one can ask for there", ())
    tickets = forms.BooleanField(label="People draw a number there", required=False)

    def __init__(self, *args, services: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["services"].choices = services


WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


class OtherHoursForm(forms.Form):
    """A day on which a place is not open as usual."""

    use_required_attribute = False
    day = DayField(label="Day")
    other_times = forms.CharField(
        label="Open",
        max_length=100,
        required=False,
        help_text="Such as 10:00-12:00, or 09:00-12:00, 13:00-15:00 with a break. Leave it empty where it is closed.",
    )
    why = forms.CharField(
        label="Why", max_length=100, error_messages={"required": "Write why, so that people can plan"}
    )
    why_cy = forms.CharField(label="Why, in Welsh", max_length=100, required=False)

    def clean(self) -> dict:
        """Write the hours as they are kept: with the day of the week."""
        given = super().clean()
        times, day = given.pop("other_times", "").strip(), given.get("day")
        spans = [one.strip() for one in times.split(",") if one.strip()] if day else []
        given["hours"] = "; ".join(f"{WEEKDAYS[day.weekday()]} {one}" for one in spans)
        return given

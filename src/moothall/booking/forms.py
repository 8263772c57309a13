"""What those who keep a diary fill in."""

from django import forms

from moothall.ui.forms import DayField

WEEKDAYS = [
    (0, "Monday"),
    (1, "Tuesday"),
    (2, "Wednesday"),
    (3, "Thursday"),
    (4, "Friday"),
    (5, "Saturday"),
    (6, "Sunday"),
]


class OpenDaysForm(forms.Form):
    """Days to be opened by a weekly pattern."""

    first = DayField(label="From")
    last = DayField(label="To", help_text="At most a year later")
    weekdays = forms.TypedMultipleChoiceField(
        label="On which days of the week?",
        choices=WEEKDAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one day of the week"},
    )
    start = forms.TimeField(label="Begins at", help_text="Such as 07:00", input_formats=["%H:%M", "%H.%M"])
    end = forms.TimeField(label="Ends at", help_text="Such as 15:00", input_formats=["%H:%M", "%H.%M"])
    capacity = forms.IntegerField(label="How many places?", min_value=1, max_value=1000)

    def clean(self):
        """Refuse days and hours in the wrong order, and patterns longer than a year."""
        given = super().clean()
        first, last = given.get("first"), given.get("last")
        if first and last and not 0 <= (last - first).days <= 366:
            self.add_error("last", "Choose a day after the first, and at most a year later")
        if given.get("start") and given.get("end") and given["end"] <= given["start"]:
            self.add_error("end", "Choose a time after the beginning")
        return given


class DiaryForm(forms.Form):
    """The times of a diary."""

    hold_hours = forms.IntegerField(
        label="For how many hours is a day kept while somebody pays?", min_value=1, max_value=168
    )
    notice_hours = forms.IntegerField(
        label="How many hours before does booking end?", help_text="0 if it can be booked until it begins",
        min_value=0, max_value=336,
    )  # fmt: skip
    remind_days = forms.IntegerField(
        label="How many working days before are people reminded?",
        help_text="At 9am, by email or text message. 0 if they are not reminded.",
        min_value=0,
        max_value=10,
    )
    offer_hours = forms.IntegerField(
        label="When a place comes free, for how many hours is it kept for the first in the waiting list?",
        help_text="0 if there is no waiting list",
        min_value=0,
        max_value=168,
    )


class SlotForm(forms.Form):
    """How much fits into one slot, and whether it can still be booked."""

    capacity = forms.IntegerField(label="How many places?", min_value=0, max_value=1000)
    closed = forms.TypedChoiceField(
        label="Can it be booked?",
        choices=[("", "Yes"), ("yes", "No, it is closed to new bookings")],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )

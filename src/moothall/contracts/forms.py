"""What is asked of whoever lets a contract."""

from django import forms

from moothall.ui.forms import DayField, PoundsField


def words(label: str, missing: str, length: int, **more) -> forms.CharField:
    """Return a field for a line of text that must be given."""
    return forms.CharField(label=label, max_length=length, error_messages={"required": missing}, **more)


class LetForm(forms.Form):
    """A contract as it is signed."""

    number = words("Number of the contract", "Give its number.", 30, help_text="As in the contract register")
    title = words("What is it for?", "Say what it is for.", 200)
    contractor = words("With whom?", "Name the contractor.", 120)
    matter = words("What is bought, in general?", "Say what is bought.", 120,
                   help_text="In the same words for similar contracts, such as: Grounds maintenance")  # fmt: skip
    spending = forms.ChoiceField(
        label="Is it capital spending?", choices=[("capital", "Yes"), ("other", "No")], widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is capital spending."},
        help_text="As in Chapter 1 of Part 1 of the Local Government Act 2003",
    )  # fmt: skip
    pence = PoundsField(label="What is paid over its whole life, with every extension?",
                        error_messages={"required": "Give the sum in pounds."})  # fmt: skip
    varies = forms.TypedChoiceField(
        label="Do its terms let the price be varied?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes", error_messages={"required": "Say whether the price can be varied."},
    )  # fmt: skip
    signed = DayField(label="On which day is it signed?", error_messages={"required": "Give the day."})
    starts = DayField(label="On which day does it begin?", error_messages={"required": "Give the day."})
    ends = DayField(label="Which is the first day on which it no longer runs?",
                    error_messages={"required": "Give the day."})  # fmt: skip
    extends_to = DayField(label="If it can be extended, until when at the latest?", required=False)
    source = words("By which decision?", "Say by which decision.", 300,
                   help_text="The decision and where it is published")  # fmt: skip

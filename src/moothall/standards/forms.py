"""What staff say of a key."""

from django import forms


class KeyLimit(forms.Form):
    """How much a key may send."""

    per_hour = forms.IntegerField(
        label="Requests an hour",
        min_value=1,
        max_value=10_000,
        help_text="More than this in an hour is refused, and may be sent again in the next.",
        error_messages={"required": "Write how many requests it may send in an hour.",
                        "invalid": "Write a whole number, such as 600."},
    )  # fmt: skip


class NewKey(KeyLimit):
    """Who is to have a key."""

    name = forms.CharField(
        label="Which system will use it",
        max_length=80,
        help_text="As your colleagues call it, such as FixMyStreet.",
        error_messages={"required": "Write which system will use the key."},
    )
    field_order = ("name", "per_hour")

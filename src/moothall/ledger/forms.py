"""What those who keep the books type in."""

from django import forms

from moothall.ui.forms import PoundsField


class ReasonForm(forms.Form):
    """Why a posting is undone."""

    reason = forms.CharField(
        label="Why is it wrong?",
        max_length=200,
        help_text="It stays beside the posting for good. Name no person.",
        error_messages={"required": "Write why the posting is wrong"},
    )


class RefundForm(forms.Form):
    """How much goes back, and why."""

    amount = PoundsField(
        label="How much?",
        required=False,
        max_length=20,
        help_text="In pounds, like 12.50. Leave it empty for all of it.",
    )
    reason = forms.CharField(
        label="Why?",
        max_length=200,
        help_text="It stays beside the payment for good. Name no person.",
        error_messages={"required": "Write why the money goes back"},
    )

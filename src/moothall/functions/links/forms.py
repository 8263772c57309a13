"""What an operator may do with a demonstration system."""

from django import forms

MODES = {
    "ok": "Let it work",
    "stop": "Stop the waste system",
    "twice": "Let it answer twice",
    "break": "Break it",
}


class ModeForm(forms.Form):
    """How the stand-in behaves from now on."""

    mode = forms.ChoiceField(choices=MODES.items())

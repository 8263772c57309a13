"""What staff and residents write about people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.people.rules.same import DECISIONS
from moothall.people.rules.terms import NEEDS

QUESTIONS = {
    "link": _("Why are they the same person?"),
    "unlink": _("Why are they not the same person after all?"),
    "apart": _("Why are they two people?"),
}
NO_LANGUAGE = {"": _("English, or it does not matter")}


class Decide(forms.Form):
    """A decision about two people: which one, about whom, and why."""

    kind = forms.CharField(widget=forms.HiddenInput)
    one = forms.UUIDField(widget=forms.HiddenInput)
    other = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": _("Choose the reason that fits best.")}
    )

    def __init__(self, kind: str, *args, **kwargs):
        super().__init__(*args, auto_id=f"{kind}-%s", initial=kwargs.pop("initial", {}) | {"kind": kind}, **kwargs)
        self.fields["reason"].label = QUESTIONS[kind]
        self.fields["reason"].choices = list(DECISIONS[kind].items())


class Details(forms.Form):
    """What somebody says about how to reach and serve them."""

    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=30,
        help_text=_("We use it to tell you how your requests go."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "class": "govuk-input--width-20", "type": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Language you like to be written to in"),
        required=False,
        choices=list((NO_LANGUAGE | {k: v for k, v in NEEDS["language"].items() if k != "en"}).items()),
    )
    format = forms.ChoiceField(
        label=_("Format you can read best"),
        required=False,
        choices=list(({"": _("Ordinary print")} | NEEDS["format"]).items()),
    )

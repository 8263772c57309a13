"""What staff and residents write about people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.people.rules.same import DECISIONS
from moothall.people.rules.terms import ACTS_AS, CONTACTS, NEEDS, VERIFIED_BY
from moothall.ui.forms import DayField

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


class Contact(forms.Form):
    """A way to reach somebody."""

    kind = forms.ChoiceField(
        label="What is it?", choices=[(k, CONTACTS[k]) for k in ("phone", "email")], widget=forms.RadioSelect
    )
    value = forms.CharField(
        label="Number or address", max_length=300, error_messages={"required": "Write the number or the address."}
    )


class Home(forms.Form):
    """Where somebody lives now."""

    address = forms.CharField(
        label="Address or postcode and number",
        max_length=300,
        help_text="For example: 14 Mill Lane, Ashby. An address elsewhere is kept as you write it.",
        error_messages={"required": "Write where they live."},
    )
    starts = DayField(label="Since when?")


class Need(forms.Form):
    """What somebody needs from us."""

    need = forms.ChoiceField(
        label="What do they need?",
        choices=[(f"{kind}:{value}", words) for kind, table in NEEDS.items() for value, words in table.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they need."},
    )


class Household(forms.Form):
    """Somebody a person keeps house with."""

    other = forms.CharField(
        label="Who do they keep house with?",
        max_length=200,
        help_text="Their e-mail address or phone number, or their whole name. Whoever lives with either joins them.",
        error_messages={"required": "Write who they keep house with."},
    )
    starts = DayField(label="Since when?")


class Agent(forms.Form):
    """Somebody who acts for a person."""

    agent = forms.CharField(
        label="Who acts for them?",
        max_length=200,
        help_text="Their e-mail address or phone number, or their whole name. Your body must know them.",
        error_messages={"required": "Write who acts for them."},
    )
    kind = forms.ChoiceField(
        label="As what? You must have seen the papers.",
        choices=list(ACTS_AS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose as what."},
    )
    starts = DayField(label="From which day?")


class Verify(forms.Form):
    """How we know that a number or address is theirs."""

    how = forms.ChoiceField(choices=[(k, VERIFIED_BY[k]) for k in ("papers", "call-back")])

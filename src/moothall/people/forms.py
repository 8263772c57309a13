"""What staff and residents write about people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.people import queries
from moothall.people.rules.helping import MAY, WRITTEN
from moothall.people.rules.same import DECISIONS
from moothall.people.rules.terms import ACTS_AS, CONTACTS, MAY_DO, NEEDS, VERIFIED_BY, WRITTEN_TO
from moothall.ui.forms import DayField

QUESTIONS = {
    "link": _("Why are they the same person?"),
    "unlink": _("Why are they not the same person after all?"),
    "apart": _("Why are they two people?"),
}


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


ANY = "any"
"""What somebody chooses who needs nothing of a kind: a round button cannot be left again."""


def _table(kind: str, without: tuple[str, ...] = ()) -> list[tuple]:
    """Return what somebody may choose of a kind of need."""
    return [(value, _(words)) for value, words in NEEDS[kind].items() if value not in without]


class NeedsForm(forms.Form):
    """What would make it easier for somebody to deal with us; all of it may be left as it is."""

    use_required_attribute = False
    language = forms.ChoiceField(
        label=_("Language you like to be written to in"),
        required=False,
        choices=[("", _("English, or it does not matter")), *_table("language", without=("en",))],
        help_text=_("Our letters are in English and Welsh. Of another language we tell whoever deals with you."),
    )
    interpreter = forms.ChoiceField(
        label=_("Interpreter when you meet or talk to us"),
        required=False,
        choices=[("", _("No interpreter")), *_table("interpreter")],
        help_text=_("We book one, and you never pay for it."),
    )
    format = forms.ChoiceField(
        label=_("Format you can read best"),
        required=False,
        choices=[(ANY, _("Ordinary print")), *_table("format")],
        widget=forms.RadioSelect,
        help_text=_("For letters on paper. Braille, audio and Easy Read are made by hand and take some days longer."),
    )
    calls = forms.ChoiceField(
        label=_("Can we ring you?"),
        required=False,
        choices=[
            (ANY, _("Yes, or it does not matter")),
            ("none", _("No, I cannot use the phone")),
            ("relay", _("Yes, by Relay UK (text relay)")),
        ],
        widget=forms.RadioSelect,
    )
    access = forms.MultipleChoiceField(
        label=_("What should those know who meet you?"),
        required=False,
        choices=[
            ("hearing", _("I am hard of hearing")),
            ("sight", _("I am blind, or see badly")),
            ("step-free", _("I need a way without steps")),
            ("time", _("I need more time, or things said plainly")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, needs: tuple[str, ...] = (), **kwargs):
        """`needs` are those known, as codes ("format:braille")."""
        self.needs_known = bool(needs)
        known = {kind: queries.need_of_kind(needs, kind) for kind in ("language", "interpreter", "format", "calls")}
        known["access"] = [need.partition(":")[2] for need in needs if need.startswith("access:")]
        super().__init__(*args, initial=known | (kwargs.pop("initial", None) or {}), **kwargs)

    @property
    def need_fields(self):
        """Return the boxes about needs, in order."""
        return [self[name] for name in ("language", "interpreter", "format", "calls", "access")]

    def needs(self) -> tuple[str, ...]:
        """Return what was chosen, as codes."""
        given = self.cleaned_data
        kinds = (kind for kind in ("language", "interpreter", "format", "calls") if given.get(kind) in NEEDS[kind])
        said = [f"{kind}:{given[kind]}" for kind in kinds if given[kind] != "en"]
        return tuple(said + [f"access:{value}" for value in given.get("access", ())])


ADDRESS = {
    "label": _("Address for letters"),
    "required": False,
    "max_length": 300,
    "help_text": _("On three to six lines, the last of them the postcode. Leave it empty if you want no letters."),
    "widget": forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
}


def clean_address(text: str) -> str:
    """Return an address to write to as it was typed, or nothing; refuse one that no letter could be sent to."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines and not 3 <= len(lines) <= 6:  # a letter has seven, and the first is the name
        raise forms.ValidationError(_("Write the address on three to six lines, the last of them the postcode."))
    return "\n".join(lines)


class Details(NeedsForm):
    """What somebody says about how to reach and serve them."""

    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=30,
        help_text=_("We use it to tell you how your requests go."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "class": "govuk-input--width-20", "type": "tel"}),
    )
    post = forms.CharField(**ADDRESS)

    def clean_post(self) -> str:
        """Return the address; refuse one that no letter could be sent to."""
        return clean_address(self.cleaned_data["post"])


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


class TheirNeeds(NeedsForm):
    """What somebody needs, as staff ask it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("language", "interpreter", "format", "calls", "access"):
            self.fields[name].error_messages["invalid_choice"] = "Choose what they need."
        labels = {
            "language": "In which language shall we write?",
            "interpreter": "Interpreter when they meet or talk to us",
            "format": "Format of letters on paper",
            "calls": "Can we ring them?",
            "access": "What should those know who meet them?",
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["language"].help_text = "Our letters are in English and Welsh."
        self.fields["interpreter"].help_text = "We book one, and they never pay for it (Equality Act 2010 s.20(7))."
        self.fields["calls"].choices = [(ANY, "Yes, or it does not matter"), *NEEDS["calls"].items()]
        self.fields["access"].choices = [one for one in NEEDS["access"].items() if one[0] != "assisted-bins"]


class StaffNeeds(TheirNeeds):
    """What staff note of a person; what crews fetch, and what is guarded, only staff note."""

    safety = forms.BooleanField(label=NEEDS["safety"]["protected"], required=False)

    def __init__(self, *args, needs: tuple[str, ...] = (), **kwargs):
        super().__init__(*args, needs=needs, initial={"safety": "safety:protected" in needs}, **kwargs)
        self.fields["access"].choices = list(NEEDS["access"].items())

    def needs(self) -> tuple[str, ...]:
        """Return what was chosen, as codes."""
        return (*super().needs(), *(["safety:protected"] if self.cleaned_data["safety"] else []))


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

    use_required_attribute = False
    agent = forms.CharField(
        label="Who acts for them?",
        max_length=200,
        required=False,
        help_text="Their e-mail address or phone number, or their whole name, if your body knows them.",
    )
    agent_name = forms.CharField(
        label="Or their name, if we do not know them yet",
        max_length=100,
        required=False,
        help_text="You get a code to hand to them. It counts once they have signed in with it.",
    )
    kind = forms.ChoiceField(
        label="As what?",
        choices=list(ACTS_AS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose as what."},
    )
    paper = forms.CharField(
        label="What did you see?",
        max_length=200,
        help_text="Such as: lasting power of attorney for property, registered 3 May 2024, looked up with its access "
        "code. Both read this.",
        error_messages={"required": "Write which paper you saw, or how the person told you."},
    )
    may = forms.MultipleChoiceField(
        label="What may they do?",
        choices=[(one, MAY_DO[one]) for one in MAY],
        initial=list(MAY),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what the paper lets them do."},
    )
    written = forms.ChoiceField(
        label="To whom do we write?",
        choices=[(one, WRITTEN_TO[one]) for one in WRITTEN],
        initial=WRITTEN[0],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose to whom we write."},
    )
    starts = DayField(label="From which day?")
    last = DayField(label="Until which day? Leave it empty where the paper has no end", required=False)

    def clean(self) -> dict:
        """Ask for one of the two: somebody known, or a name. The last day comes after the first."""
        given = super().clean()
        if not given.get("agent") and not given.get("agent_name"):
            self.add_error("agent", "Write who acts for them, or their name below.")
        first, last = given.get("starts"), given.get("last")
        if first and last and last < first:
            self.add_error("last", "Write a last day that is not before the first.")
        return given


class Verify(forms.Form):
    """How we know that a number or address is theirs."""

    how = forms.ChoiceField(choices=[(k, VERIFIED_BY[k]) for k in ("papers", "call-back")])

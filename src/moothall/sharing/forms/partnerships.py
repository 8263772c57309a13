"""The parts of a partnership's terms as forms, and the forms by which members decide."""

from dataclasses import dataclass

from django import forms

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.money import parse_pounds, pounds
from moothall.core.refusal import Refusal
from moothall.sharing.rules.business_models import business_models
from moothall.sharing.rules.terms import WITHHOLDABLE
from moothall.ui.forms import DayField

METHODS = [
    ("per-case", "A price for each case"),
    ("per-unit", "A price for each unit of work"),
    ("by-head", "By heads of population"),
    ("by-band", "By bands of volume"),
    ("fixed", "A fixed sum a year"),
    ("full-cost", "The whole cost, by agreed shares"),
    ("step-down", "Step by step down from cost centres"),
    ("in-return", "Nothing is paid: each works for the other"),
]
PARTS = {
    "costs": "How cost is shared",
    "contributions": "Contributions",
    "savings": "Promised saving",
    "exit": "Notice and exit",
    "documents": "Documents",
}


COUNTS = {
    "": "We measure it ourselves",
    "outside-requests": "Counted here: requests done for bodies that are no members",
    "outside-pounds": "Counted here: pounds earned from bodies that are no members",
    "outside-hours": "Counted here: staff hours for bodies that are no members",
}


class Text(forms.CharField):
    """A sentence or two."""

    def __init__(self, label: str, missing: str = "", *, wide: bool = False, **more):
        more.setdefault("required", bool(missing))
        widget = forms.Textarea(attrs={"rows": 3}) if wide else None
        super().__init__(label=label, max_length=600, widget=widget, error_messages={"required": missing}, **more)


class Pounds(forms.CharField):
    """An amount of money in pounds, cleaned to pence; None when it is left empty."""

    def __init__(self, label: str, **more):
        more.setdefault("required", False)
        super().__init__(label=label, widget=forms.TextInput(attrs={"prefix": "£", "inputmode": "decimal"}), **more)

    def prepare_value(self, value):
        """Show pence as pounds."""
        return pounds(value).removeprefix("£") if isinstance(value, int) else value

    def clean(self, value):
        """Return the pence that were typed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            pence = parse_pounds(text)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        if pence < 0:
            raise forms.ValidationError("Enter an amount that is not below nothing.")
        return pence


class BodyChoice(forms.TypedChoiceField):
    """One body of those that take part; `everybody=True` offers every body that is known."""

    def __init__(self, label: str, *, everybody: bool = False, **more):
        self.everybody = everybody
        more.setdefault("error_messages", {"required": "Choose one."})
        super().__init__(label=label, coerce=int, empty_value=None, **more)


class PartForm(forms.Form):
    """A part of the terms; its choices of bodies are the members chosen so far."""

    def __init__(self, *args, members: tuple[int, ...] = (), services: tuple[str, ...] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.services = services
        every = [(body.id, body.name) for body in bodies.bodies()]
        for bound in self.fields.values():
            if isinstance(bound, BodyChoice):
                known = [(i, name) for i, name in every if bound.everybody or i in members]
                bound.choices = [("", "Choose"), *known]
        if "receivers" in self.fields:
            self.fields["receivers"].choices = [(i, name) for i, name in every if i in members]
        if "service" in self.fields:
            self.fields["service"].choices = [("", "Choose"), *((one, one) for one in services)]


class Basics(PartForm):
    """What the partnership is, and when."""

    name = Text("Name of the partnership", "Write its name.")
    name_cy = Text("Its name in Welsh", required=False)
    purpose = Text("What it is for, in a sentence or two", "Write what it is for.", wide=True)
    purpose_cy = Text("The same in Welsh", wide=True, required=False)
    starts = DayField(label="From which day shall these terms hold?")
    ends = DayField(label="Last day, if there is to be one", required=False)


class MembersForm(PartForm):
    """Who takes part."""

    members = forms.TypedMultipleChoiceField(
        label="Which bodies take part?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least two."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = [(body.id, body.name) for body in bodies.bodies(partner=True)]


class ModelForm(PartForm):
    """The way in which they share."""

    model = forms.ChoiceField(
        label="Which way of sharing is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the six."},
    )
    lead = BodyChoice("Which member leads? (only with a lead authority)", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = business_models()
        self.fields["model"].choices = [(code, one.title["en"]) for code, one in known.items()]
        self.fields["model"].hints = {code: one.says["en"] for code, one in known.items()}


class AimForm(PartForm):
    """Something they want to reach."""

    words = Text("What do you want to reach?", "Write what you want to reach.", wide=True)
    words_cy = Text("The same in Welsh", wide=True, required=False)
    when = forms.ChoiceField(
        label="Near or far?", choices=[("near", "Within two years"), ("far", "Further off")], widget=forms.RadioSelect
    )
    measure = Text("Measured by what?", "Write how anybody can tell.", help_text="Such as: lifts made on the day")
    unit = Text("In what unit?", required=False, help_text="Such as: %, days, homes")
    direction = forms.ChoiceField(
        label="Which way?", choices=[("at-least", "At least"), ("at-most", "At most")], widget=forms.RadioSelect
    )
    target = forms.DecimalField(label="Target", error_messages={"required": "Give a number.", "invalid": "A number."})
    due = DayField(label="By which day?")
    counts = forms.ChoiceField(
        label="Who counts it?", choices=list(COUNTS.items()), required=False,
        help_text="Work done for bodies that are no members is counted here, over a year.",
    )  # fmt: skip


class ServiceForm(PartForm):
    """A service that one does for others."""

    title = Text("Which service is shared?", "Name the service.")
    service_id = forms.ChoiceField(label="The same in the catalogue, if it is there", required=False)
    accountable = BodyChoice("Which member answers for it?")
    councillor = Text("Which councillor answers for it?", "Name the councillor.", help_text="Full name, as in office")
    provider = BodyChoice("Which body does the work?", everybody=True)
    receivers = forms.TypedMultipleChoiceField(
        label="For which members?", coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = [(one.service_id, one.definition.title.in_("en")) for one in catalogue.services()]
        self.fields["service_id"].choices = [("", "It is not in the catalogue"), *sorted(known, key=lambda k: k[1])]


class PowerForm(PartForm):
    """Who may decide something."""

    what = Text("What is to be decided?", "Write what.", help_text="Such as: the yearly budget")
    who = Text("By whom?", "Write by whom.")


class InterestForm(PartForm):
    """What a member declares."""

    body_id = BodyChoice("Which member declares?")
    what = Text("What conflict of interest?", "Write what is declared, or “None”.", wide=True)
    handled = Text("How is it dealt with?", required=False, wide=True)


class CostForm(PartForm):
    """How a cost is shared."""

    service = forms.ChoiceField(label="For which service?", error_messages={"required": "Choose a service."})
    method = forms.ChoiceField(label="Shared how?", choices=METHODS, widget=forms.RadioSelect)
    words = Text("The same in a sentence, with the figures", "Write it in a sentence.", wide=True)


class ContributionForm(PartForm):
    """What a member puts in."""

    body_id = BodyChoice("Which member?")
    what = Text("What does it put in?", "Write what.", help_text="Such as: two officers, or a depot")
    pence_a_year = Pounds("Money a year, if any")


class SystemForm(PartForm):
    """A system to be given up."""

    name = Text("Which system is to be given up?", "Name the system.")
    body_id = BodyChoice("Whose is it?")
    retire_by = DayField(label="By which day?")


class SavingForm(PartForm):
    """What is promised to be saved."""

    pence_a_year = Pounds("How much is to be saved a year?", required=True)
    starts = DayField(label="From which day?")
    source = Text("Where does the figure stand?", "Name the paper and page.")


class ExitForm(PartForm):
    """How one leaves."""

    notice_months = forms.IntegerField(label="Months of notice", min_value=0, max_value=60)
    cost_pence = Pounds("What does leaving cost?", help_text="Leave it empty if nobody has worked it out.")
    words = Text("What happens then?", "Write what happens to work, staff, data and money.", wide=True)


class DocumentForm(PartForm):
    """A paper that belongs to the terms: a file, or where it stands."""

    title = Text("What is it?", "Name the document.")
    file = forms.FileField(
        label="The file", required=False,
        help_text="A PDF, a Word or OpenDocument text, a picture or plain text, up to 15 MB. Everybody can download it "
        "once the terms are proposed, unless documents are withheld.",
    )  # fmt: skip
    address = forms.URLField(
        label="Or its web address", assume_scheme="https", required=False, max_length=500,
        error_messages={"invalid": "Write an address that begins with https://"},
    )  # fmt: skip

    def clean(self):
        """Ask for one of the two; a file that is kept already stays unless another is given."""
        given = super().clean()
        if self.errors:
            return given
        if given["address"] and isinstance(given["file"], dict):
            given["file"] = None
        if bool(given["address"]) == bool(given["file"]):
            self.add_error("file", "Choose a file, or write an address: one of the two.")
        return given


class WithheldForm(PartForm):
    """Why a part is not shown yet."""

    part = forms.ChoiceField(
        label="Which part is not to be shown?", choices=[(one, PARTS[one]) for one in WITHHOLDABLE]
    )
    reason = Text("Why not?", "Write why.", wide=True)
    owner = Text("Who decided that?", "Name who decided.", help_text="Such as: Ashby's monitoring officer")
    test = Text("How did you weigh the public interest?", "Write the public-interest test.", wide=True)
    expires = DayField(label="From which day is it public?")


@dataclass(frozen=True)
class Section:
    """A part of the terms on its own page: one form, or a list with a form for each entry."""

    key: str
    title: str
    hint: str
    form: type[PartForm]
    many: bool = False
    needed: bool = True


SECTIONS = {
    one.key: one
    for one in (
        Section("basics", "What it is and when", "Name, purpose and days", Basics),
        Section("members", "Who takes part", "", MembersForm),
        Section("model", "Business model", "One of six ways to share", ModelForm),
        Section("aims", "Aims", "At least one near and one far, each with a measure", AimForm, True),
        Section("services", "Shared services", "Each with the body and the councillor who answer", ServiceForm, True),
        Section("powers", "Who decides what", "", PowerForm, True),
        Section("interests", "Conflicts of interest", "Each member declares; “None” is a declaration",
                InterestForm, True),
        Section("costs", "How cost is shared", "", CostForm, True),
        Section("contributions", "Contributions", "Money or work that members put in", ContributionForm, True, False),
        Section("systems", "Systems to be given up", "", SystemForm, True, False),
        Section("savings", "Promised saving", "Leave it out if none is promised", SavingForm, False, False),
        Section("exit", "Notice and exit", "What leaving takes, and costs", ExitForm),
        Section("documents", "Documents", "As files, or by their web addresses", DocumentForm, True, False),
        Section("withheld", "Not shown yet", "Only with a reason and an expiry day", WithheldForm, True, False),
    )
}  # fmt: skip


class DecidedForm(forms.Form):
    """What every decision needs: who, where minuted, when."""

    decided_by = forms.CharField(
        label="Who decided?", max_length=200, help_text="A meeting or somebody in office, such as: Cabinet",
        error_messages={"required": "Say who decided."},
    )  # fmt: skip
    minute = forms.CharField(
        label="Where is it minuted?", max_length=200, help_text="A reference or an address",
        error_messages={"required": "Say where it is minuted."},
    )  # fmt: skip
    decided_on = DayField(label="On which day?")


class DecisionForm(DecidedForm):
    """A member's decision on a version."""

    agree = forms.TypedChoiceField(
        label="What did your body decide?",
        choices=[("yes", "To agree to these terms"), ("no", "To refuse them")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )
    reason = Text("Why?", required=False, wide=True, help_text="Needed when you refuse. Everybody reads it.")
    field_order = ["agree", "reason", "decided_by", "minute", "decided_on"]


class LeaveForm(DecidedForm):
    """Notice to leave."""

    leaves = DayField(label="First day on which your body is no longer a member")
    reason = Text("Why does your body leave?", "Write why. Everybody reads it.", wide=True)
    field_order = ["leaves", "reason", "decided_by", "minute", "decided_on"]


class EndForm(forms.Form):
    """A proposal to end the partnership."""

    ends = DayField(label="First day without the partnership")
    why = Text("Why is it to end?", "Write why. Everybody reads it.", wide=True)
    continuing = forms.MultipleChoiceField(
        label="With which services do its members go on?", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, titles, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["continuing"].choices = [(one, one) for one in titles]


class AmendForm(forms.Form):
    """Why terms are put before the members."""

    because = Text("Why do you propose this?", "Write why, in a sentence.", wide=True)

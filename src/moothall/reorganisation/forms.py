"""What is asked of those who plan a reorganisation."""

import csv
import io

from django import forms
from django.core.exceptions import ValidationError

from moothall.bodies import queries as bodies
from moothall.core.refusal import Refusal
from moothall.reorganisation.models import Consent
from moothall.reorganisation.rules.planning import NewBody, Part
from moothall.reorganisation.rules.shadow import POSTS
from moothall.ui.forms import DayField, PoundsField, beside

KINDS = {"unitary": "Unitary council", "district": "District council", "county": "County council"}
COLOURS = (("#3b2e5a", "#e0a458"), ("#1d4e4a", "#d9b44a"))
MOST_LINES = 20_000


def words(label: str, missing: str, length: int = 200, **more) -> forms.CharField:
    """Return a field for a line of text that must be given."""
    return forms.CharField(label=label, max_length=length, error_messages={"required": missing}, **more)


class PlanForm(forms.Form):
    """Which councils end, which one or two take their place, and when."""

    title = words("What is it called?", "Give it a name.", 120, help_text="Such as: Ashby and Borley become Westmarch")
    title_cy = forms.CharField(label="And in Welsh", max_length=120, required=False)
    slug = forms.SlugField(label="Its address on the web", max_length=60, help_text="Such as: ashby-and-borley",
                           error_messages={"required": "Give it an address."})  # fmt: skip
    basis = words("By what right?", "Say by which order or decision.", 300,
                  help_text="The order or the decision, as it was published")  # fmt: skip
    vesting = DayField(label="On which day do the new councils begin?")

    def __init__(self, own_id: int, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.own_id = own_id
        for letter, must in (("a", True), ("b", False)):
            ask = "The new council" if must else "A second new council, if there is one"
            self.fields[f"name_{letter}"] = words(f"{ask}: its name", "Give its name.", 120, required=must)
            self.fields[f"name_cy_{letter}"] = forms.CharField(label="In Welsh", max_length=120, required=False)
            self.fields[f"code_{letter}"] = forms.RegexField(
                r"^[A-Za-z]{3}$", label="Three letters for its references", required=must,
                error_messages={"invalid": "Give three letters.", "required": "Give three letters."},
            )  # fmt: skip
            self.fields[f"kind_{letter}"] = forms.ChoiceField(label="What kind?", choices=list(KINDS.items()))
            self.fields[f"address_{letter}"] = forms.URLField(
                label="Where do people read about it until then?", assume_scheme="https", required=must,
                error_messages={"required": "Give a web address."},
            )  # fmt: skip
        self.ends = [one for one in bodies.bodies(partner=True) if one.kind in KINDS]
        for one in self.ends:
            choices = {
                "stays": "It stays as it is",
                "a": "It goes to the first new council",
                "b": "It goes to the second",
            }
            choices["both"] = "It is divided: each gets the land of the districts that go to it"
            self.fields[f"to_{one.id}"] = forms.ChoiceField(
                label=f"What becomes of {one.name}?", choices=list(choices.items()), required=False,
                widget=forms.RadioSelect, initial="stays",
            )  # fmt: skip
        self.fields["share"] = forms.IntegerField(
            label="Of what cannot be divided by place, how much does the first one take?", min_value=1, max_value=99,
            initial=50, required=False, help_text="In percent; only where a council is divided",
        )  # fmt: skip

    @property
    def fates(self) -> list:
        """Return the questions of what becomes of each council."""
        return [self[f"to_{one.id}"] for one in self.ends]

    @property
    def councils(self) -> list:
        """Return the questions about each new council."""
        return [
            [self[f"{name}_{letter}"] for name in ("name", "name_cy", "code", "kind", "address")] for letter in "ab"
        ]

    def clean(self) -> dict:
        """Ask for what belongs together."""
        given = super().clean()
        goes = {given.get(f"to_{one.id}") for one in self.ends}
        if not goes - {"", "stays", None}:
            raise ValidationError("Say of at least one council what becomes of it.")
        if goes & {"b", "both"} and not (given.get("name_b") and given.get("code_b") and given.get("address_b")):
            self.add_error("name_b", "Give the second council's name, its three letters and its address.")
        return given

    def successors(self) -> list[NewBody]:
        """Return the new councils."""
        given, found = self.cleaned_data, []
        for letter, (colour, accent) in zip("ab", COLOURS, strict=True):
            if given[f"name_{letter}"]:
                name, code = given[f"name_{letter}"], given[f"code_{letter}"].upper()
                slug = "-".join(word for word in name.lower().split() if word not in ("council", "the")) or code.lower()
                found.append(NewBody(code=code, slug=slug, name=name, kind=given[f"kind_{letter}"], colour=colour,
                                     accent=accent, name_cy=given[f"name_cy_{letter}"],
                                     address=given[f"address_{letter}"]))  # fmt: skip
        return found

    def parts(self) -> list[Part]:
        """Return who goes to whom: a divided council's land is that of the districts which go to each."""
        given, codes = (
            self.cleaned_data,
            {"a": self.cleaned_data["code_a"].upper(), "b": self.cleaned_data["code_b"].upper()},
        )
        goes = {one.id: given[f"to_{one.id}"] for one in self.ends if given[f"to_{one.id}"] not in ("", "stays")}
        land = {letter: tuple(area.id for body, to in goes.items() if to == letter and (area := bodies.area_of(body)))
                for letter in "ab"}  # fmt: skip
        found = [Part(body, codes[to]) for body, to in goes.items() if to != "both"]
        first = (given["share"] or 50) * 100
        for body in (body for body, to in goes.items() if to == "both"):
            found.append(Part(body, codes["a"], land=land["a"], share=first))
            found.append(Part(body, codes["b"], land=land["b"], share=10_000 - first, residuary=False))
        return found


class SettingForm(forms.Form):
    """Whose way of a service is taken."""

    decided_by = words("Who decided?", "Say who decided.", 100, help_text="Such as: Shadow executive")
    minute = words("Where is it minuted?", "Say where it is minuted.", help_text="A reference or an address")

    def __init__(self, one, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(way.key, f"As {way.body.name} does it") for way in one.ways]
        self.fields["way"] = forms.ChoiceField(
            label=f"How does {one.successor.name} begin?", choices=choices, widget=forms.RadioSelect,
            error_messages={"required": "Choose one."},
        )  # fmt: skip
        self.order_fields(["way", "decided_by", "minute"])


class ConsentForm(forms.Form):
    """What an outgoing council wants to commit."""

    kind = forms.ChoiceField(label="What is it?", choices=list(Consent.KINDS.items()), widget=forms.RadioSelect,
                             error_messages={"required": "Choose what it is."})  # fmt: skip
    what = words("What would we commit, to whom?", "Say what it is.", 300)
    reference = words("Under which reference will it be signed?", "Give the number it will be signed under.", 80,
                      help_text="The number of the contract, say: by it we know that this was agreed to.")  # fmt: skip
    pence = PoundsField(label="For how much at most, over its whole life?",
                        error_messages={"required": "Give the sum in pounds."})  # fmt: skip


class OfficerForm(forms.Form):
    """Somebody who acts for a new council before its day."""

    name = words("Their full name", "Write their full name.", 120)
    email = forms.EmailField(label="Their work e-mail address", error_messages={
        "required": "Write their work e-mail address.", "invalid": "Write an e-mail address like name@example.com.",
    })  # fmt: skip
    post = forms.ChoiceField(label="In which post?", choices=list(POSTS.items()), widget=forms.RadioSelect,
                             error_messages={"required": "Choose a post."})  # fmt: skip

    def __init__(self, councils, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"] = forms.TypedChoiceField(
            label="For which new council?", choices=[(str(one.id), one.name) for one in councils], coerce=int,
            widget=forms.RadioSelect, initial=str(councils[0].id) if len(councils) == 1 else None,
            error_messages={"required": "Choose the council."},
        )  # fmt: skip


class DirectionForm(forms.Form):
    """By what, and from when, the councils of a plan are held to the limits."""

    direction = forms.CharField(
        label="Which direction holds them to the limits?", max_length=300, required=False,
        help_text="As it was published. Leave it empty while the councils keep to the limits by agreement.",
    )  # fmt: skip
    held_from = DayField(label="From which day?", error_messages={"required": "Give the day."})
    counted_after = DayField(
        label="Other contracts count together with a new one if they were signed after which day?",
        error_messages={"required": "Give the day."},
        help_text="The Act says 31 December 2006, unless an order has put another day in its place.",
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The answer to another council."""

    answer = forms.ChoiceField(label="Do we consent?", choices=[("agreed", "Yes"), ("refused", "No")],
                               widget=forms.RadioSelect, error_messages={"required": "Say yes or no."})  # fmt: skip
    because = forms.CharField(label="Why?", max_length=300, required=False, help_text="Needed for a no")

    def clean(self) -> dict:
        """A no has a reason."""
        given = super().clean()
        if given.get("answer") == "refused" and not given.get("because"):
            self.add_error("because", "Say why not.")
        return given


class StaffForm(forms.Form):
    """The transfer list as it was mended in a spreadsheet."""

    file = forms.FileField(label="The list, as a CSV file", error_messages={"required": "Choose the file."})

    def clean_file(self) -> list[dict]:
        """Return the lines that say where an appointment goes."""
        try:
            text = self.cleaned_data["file"].read().decode("utf-8-sig")
            lines = list(csv.DictReader(io.StringIO(text)))
            rows = [{"staff_id": int(line["appointment"]), "successor": line["successor"].strip(),
                     "team": line["team"].strip()} for line in lines]  # fmt: skip
        except (UnicodeDecodeError, KeyError, ValueError, AttributeError) as error:
            raise ValidationError("Send the list as it is downloaded here, with its heading line.") from error
        if not rows or len(rows) > MOST_LINES:
            raise ValidationError("The list has no lines, or too many.")
        return rows


def refused(form: forms.Form, refusal: Refusal) -> int:
    """Put a refusal beside the question that it is about, and return its status."""
    beside(form, refusal)
    return refusal.status

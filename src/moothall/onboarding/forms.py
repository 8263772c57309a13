"""What the people of a body that joins fill in."""

from django import forms
from django.utils.text import slugify

from moothall.bodies import queries as bodies
from moothall.core.ports import comes_by_plan
from moothall.onboarding.models import KINDS
from moothall.onboarding.rules.packs import PACKS

LARGEST = 60_000_000
"""Bytes of one file of streets, customers, cases or papers; of a list of people or an outline a tenth of that."""
NOT_CSV = "Save the file as CSV, JSON lines or GeoJSON in UTF-8, then choose it again."


def _check_size(file, most: int) -> None:
    if file.size > most:
        raise forms.ValidationError(f"The file is larger than {most // 1_000_000} MB. Send it in parts.")


def _text(file, most: int) -> str:
    _check_size(file, most)
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise forms.ValidationError(NOT_CSV) from None


def _address(**said) -> forms.URLField:
    wrong = {"invalid": "Write an address that begins with https://"}
    return forms.URLField(assume_scheme="https", required=False, max_length=200, error_messages=wrong, **said)


class InviteForm(forms.Form):
    """A body that is invited, and the first person who sets it up."""

    known = forms.ChoiceField(
        label="Which body?", required=False, help_text="A neighbour whom people were only sent to so far, or a new one."
    )
    name = forms.CharField(label="Its full name", required=False, max_length=120)
    kind = forms.ChoiceField(label="What kind of body is it?", required=False)
    code = forms.RegexField(
        r"^[A-Za-z]{3}$", label="Three letters that begin its references", required=False,
        help_text="Such as ASH. They never change.", error_messages={"invalid": "Write three letters, such as ASH."},
    )  # fmt: skip
    slug = forms.SlugField(
        label="The end of its address here", required=False, max_length=60,
        help_text="Such as ashby. Small letters and hyphens.",
        error_messages={"invalid": "Write small letters and hyphens only, such as ashby."},
    )  # fmt: skip
    signpost_url = _address(label="Its own website", help_text="People are sent there until it is live here.")
    signpost_phone = forms.CharField(label="Or its phone number", required=False, max_length=20)
    first_name = forms.CharField(
        label="Who sets it up?", max_length=120, help_text="Full name of somebody who works there.",
        error_messages={"required": "Write the full name of somebody who works there."},
    )  # fmt: skip
    first_email = forms.EmailField(
        label="Their work e-mail address",
        error_messages={
            "required": "Write their work e-mail address.", "invalid": "Write an e-mail address like name@example.com.",
        },
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        outside = [
            (str(one.id), one.name)
            for one in bodies.bodies(partner=False)
            if one.kind in KINDS_WITH_PACK and not any(answer.give(one.id) for answer in comes_by_plan)
        ]
        self.fields["known"].choices = [("", "One that is not in this list"), *outside]
        for name, said in NEEDED.items():
            self.fields[name].required = not self.data.get("known")
            self.fields[name].error_messages["required"] = said
        self.fields["kind"].choices = [("", "Choose"), *((kind, bodies.KIND_NAMES[kind]) for kind in KINDS_WITH_PACK)]

    def clean(self):
        """Ask how people reach a body that is not known yet."""
        given = super().clean()
        reached = given.get("known") or given.get("signpost_url") or given.get("signpost_phone")
        if not reached and "signpost_url" not in self.errors:
            self.add_error("signpost_url", "Give its website or its phone number.")
        return given

    def body(self) -> dict:
        """Return what is said of a new body."""
        given = self.cleaned_data
        names = ("name", "kind", "signpost_url", "signpost_phone")
        return {name: given[name] for name in names} | {"code": given["code"].upper(), "slug": given["slug"].lower()}


KINDS_WITH_PACK = list(dict.fromkeys(one.kind for one in PACKS.values()))
NEEDED = {
    "name": "Write its full name.",
    "kind": "Choose what kind of body it is.",
    "code": "Write three letters, such as ASH.",
    "slug": "Write the end of its address, such as ashby.",
}


class IdentityForm(forms.Form):
    """How a body is called, and how people reach it elsewhere."""

    name = forms.CharField(label="Full name", max_length=120, error_messages={"required": "Write the full name."})
    name_cy = forms.CharField(
        label="Name in Welsh", max_length=120, required=False, help_text="Welsh pages show the English one without it."
    )
    wordmark = forms.CharField(
        label="Name in the header of its pages", max_length=60, required=False, help_text="A short form of the name."
    )
    signpost_url = _address(label="Its own website", help_text="People are sent there until it is live here.")
    signpost_phone = forms.CharField(label="Phone number", required=False, max_length=20)


class LookForm(forms.Form):
    """A body's two colours."""

    colour = forms.CharField(
        label="Header and buttons", max_length=7, help_text="As # and six digits, such as #1d4f5f. White text stands "
        "on it.", error_messages={"required": "Write a colour, such as #1d4f5f."},
    )  # fmt: skip
    accent = forms.CharField(
        label="The stripe beside it", max_length=7, help_text="No text stands on it.",
        error_messages={"required": "Write a colour, such as #e3a62f."},
    )  # fmt: skip


class AreaForm(forms.Form):
    """The outline of a body's area, or what it is made of."""

    outline = forms.FileField(
        label="The outline (GeoJSON)",
        required=False,
        help_text="In longitude and latitude, as mapping tools export it.",
    )
    areas = forms.MultipleChoiceField(
        label="Or the areas that it is made of", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = [
            (str(one.id), one.name if one.kind == "body" else f"{one.name} ward") for one in bodies.building_areas()
        ]

    def clean_outline(self) -> str:
        """Return the file's text."""
        file = self.cleaned_data["outline"]
        return _text(file, LARGEST // 10) if file else ""

    def clean(self):
        """Ask for one of the two."""
        given = super().clean()
        if not self.errors and bool(given["outline"]) == bool(given["areas"]):
            self.add_error("outline", "Choose a file, or areas from the list: one of the two.")
        return given


class TeamForm(forms.Form):
    """One more team."""

    name = forms.CharField(label="Name of the team", max_length=80, error_messages={"required": "Write its name."})

    def code(self) -> str:
        """Return the code by which services name the team."""
        return slugify(self.cleaned_data["name"])[:40]

    def clean_name(self) -> str:
        """Refuse a name without letters."""
        if not slugify(self.cleaned_data["name"]):
            raise forms.ValidationError("Write its name in letters.")
        return self.cleaned_data["name"]


class StaffForm(forms.Form):
    """A list of people: a file, or typed."""

    file = forms.FileField(label="The list (CSV)", required=False)
    table = forms.CharField(
        label="Or type it", required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="The first line names the columns: name,email,roles,team,starts",
    )  # fmt: skip

    def clean_file(self) -> str:
        """Return the file's text."""
        file = self.cleaned_data["file"]
        return _text(file, LARGEST // 10) if file else ""

    def clean(self):
        """Take the file where there is one, else what was typed."""
        given = super().clean()
        if not self.errors:
            given["table"] = given["file"] or given["table"]
            if not given["table"].strip():
                self.add_error("table", "Choose a file, or type the list.")
        return given


class FileForm(forms.Form):
    """A file of another system."""

    kind = forms.ChoiceField(
        label="What is in it?", choices=list(KINDS.items()), widget=forms.RadioSelect,
        error_messages={"required": "Choose what is in the file."},
    )  # fmt: skip
    system = forms.CharField(
        label="Which system does it come from?", max_length=40,
        help_text="Always the same name for the same system: with its numbers it tells what was taken in before.",
        error_messages={"required": "Write the name of the system."},
    )  # fmt: skip
    file = forms.FileField(
        label="The file (CSV; cases and customers also as JSON lines; files of cases as zip)",
        error_messages={"required": "Choose the file."},
    )

    def clean_file(self) -> str | bytes:
        """Return the file's text, or the bytes of a zip file of papers."""
        file = self.cleaned_data["file"]
        self.title = file.name[:120]
        if self.cleaned_data.get("kind") != "papers":
            return _text(file, LARGEST)
        _check_size(file, LARGEST)
        return file.read()


class TakeForm(forms.Form):
    """What happens with lines that are wrong."""

    leave_out = forms.BooleanField(label="Leave the wrong lines out, and take in the others", required=False)

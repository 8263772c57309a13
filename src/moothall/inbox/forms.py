"""What an adviser does with what came in writing: answer it, add it to a case, be done with it."""

from email.message import EmailMessage
from pathlib import PurePath

from django import forms

from moothall.casework import queries as casework
from moothall.core import channels
from moothall.core.ids import new_id
from moothall.core.refusal import NotYours
from moothall.inbox import actions

ENDS = (
    ("passed-on", "It belongs elsewhere: I told them whom to turn to"),
    ("nothing", "Nothing to do"),
    ("unwanted", "Unwanted: advertising, fraud, nonsense"),
)


class ReplyForm(forms.Form):
    """An answer."""

    use_required_attribute = False
    text = forms.CharField(
        label="Your answer",
        max_length=10_000,
        error_messages={"required": "Write your answer"},
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class AddForm(forms.Form):
    """The case that something belongs to: one that we found, or one whose reference is typed."""

    use_required_attribute = False
    case_id = forms.ChoiceField(label="Which case is it about?", required=False, widget=forms.RadioSelect)
    reference = forms.CharField(
        label="Or another, by its reference",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
    )

    def __init__(self, *args, cases: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.cases, self.case = {str(case.pk): case for case in cases}, None
        choices = [(pk, f"{c.reference}: {c.title}, {c.place_label or 'no place'}") for pk, c in self.cases.items()]
        if choices:
            self.fields["case_id"].choices = choices
        else:
            del self.fields["case_id"]
            self.fields["reference"].label = "Its reference"

    def clean(self) -> dict:
        """Find the case; refuse a reference that we do not know."""
        given = self.cleaned_data
        reference = given.get("reference", "").strip()
        self.case = None if reference else self.cases.get(given.get("case_id", ""))
        if reference:
            try:
                self.case = casework.by_reference(reference)
            except NotYours:
                self.add_error("reference", "We know of no such case here: look at each letter and number again")
        elif self.case is None and not self.errors:
            self.add_error("reference", "Choose a case, or write its reference, such as MAR-0012-345K")
        return given


class CloseForm(forms.Form):
    """Why nothing follows."""

    use_required_attribute = False
    outcome = forms.ChoiceField(
        label="Why does nothing follow?",
        choices=ENDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why nothing follows"},
    )


DROPPED = tuple(channels.some("email", "post", "fax").items())


class DropForm(forms.Form):
    """Something that comes in, in the demo: a file as it came, or an e-mail that is written here."""

    use_required_attribute = False
    channel = forms.ChoiceField(label="How it came", choices=DROPPED, initial="email", widget=forms.RadioSelect)
    sender = forms.EmailField(label="From", required=False, initial="ann.reed@example.org")
    subject = forms.CharField(label="Subject", required=False, max_length=200)
    text = forms.CharField(label="What it says", required=False, widget=forms.Textarea(attrs={"rows": 6}))
    file = forms.FileField(
        label="Or a file",
        required=False,
        help_text="An e-mail saved as .eml; or a scan, as PDF, TIFF, JPEG or PNG.",
    )

    def clean(self) -> dict:
        """Ask for words or a file; a scan has to be a file."""
        given = self.cleaned_data
        if not given.get("file") and (given.get("channel") != "email" or not given.get("text")):
            self.add_error("text", "Write what it says, or choose a file")
        return given

    def came(self) -> tuple[bytes, str, str, str]:
        """Return (bytes, name, how to read them, channel)."""
        given = self.cleaned_data
        if not given["file"]:
            return self._written(), "letter.eml", actions.MAIL, "email"
        name, raw = PurePath(given["file"].name).name, given["file"].read()
        if name.lower().endswith(".eml"):
            return raw, name, actions.MAIL, given["channel"] if given["channel"] == "fax" else "email"
        return raw, name, actions.scan_kind(name), "post" if given["channel"] == "email" else given["channel"]

    def _written(self) -> bytes:
        made = EmailMessage()
        made["From"] = self.cleaned_data["sender"] or "somebody@example.org"
        made["Subject"] = self.cleaned_data["subject"].replace("\r", " ").replace("\n", " ")
        made["Message-ID"] = f"<{new_id()}@example.org>"
        made.set_content(self.cleaned_data["text"])
        return made.as_bytes()

"""What is asked of the register, and what is brought into it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.scrutiny.rules.register import KINDS

LARGEST = 2_000_000
STATES = [("", _("Any")), ("proposed", _("Proposed")), ("running", _("Running")), ("ended", _("Ended"))]


class Narrow(forms.Form):
    """Which arrangements to show."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Way of sharing"), required=False)
    member = forms.ChoiceField(label=_("Member"), required=False)
    state = forms.ChoiceField(label=_("How it stands"), choices=STATES, required=False)

    def __init__(self, members: list[str], lang: str, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Any")), *((code, said[lang == "cy"]) for code, said in KINDS.items())]
        self.fields["member"].choices = [("", _("Any")), *((one, one) for one in members)]
        for name in ("q", "kind", "member", "state"):  # a label for each; nothing here is "optional": all of it narrows
            self.fields[name].required = True
            self.fields[name].widget.is_required = False


class BringIn(forms.Form):
    """A table of arrangements, as a file or as text."""

    file = forms.FileField(label="A file in CSV", required=False, help_text="At most 2 MB")
    table = forms.CharField(
        label="Or the table itself", required=False, widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"})
    )

    def clean(self):
        """Read the file, or take the text; refuse both empty, too large, or not text."""
        given = super().clean()
        if given.get("file"):
            if given["file"].size > LARGEST:
                self.add_error("file", "Send at most 2 MB at once.")
                return given
            try:
                given["table"] = given["file"].read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", "Save the file as CSV in UTF-8, and send it again.")
        elif not given.get("table"):
            self.add_error("file", "Choose a file, or paste the table below.")
        return given

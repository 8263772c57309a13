"""Who of one's own body is told of requests, and when."""

from django import forms

from moothall.sharing.models.telling import MOMENTS

MAILBOX = "mailbox:"
OFFICE = "govuk-!-width-two-thirds"


class TellingForm(forms.Form):
    """A team, everybody who holds a role, or a mailbox; and the moments at which they are told."""

    who = forms.ChoiceField(
        label="Who?", error_messages={"required": "Choose a team, a role, or a mailbox."},
        help_text="Whoever is in the team or holds the role on that day is told.",
    )  # fmt: skip
    mailbox = forms.CharField(
        label="Address of the mailbox", required=False, max_length=254,
        help_text="Only where you chose a mailbox above. It ends as your colleagues’ work addresses do.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "class": OFFICE}),
    )  # fmt: skip
    moments = forms.MultipleChoiceField(
        label="When are they told?", choices=list(MOMENTS.items()), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one moment."},
    )  # fmt: skip

    def __init__(self, teams: list[tuple[str, str]], roles: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(f"team:{code}", f"Team: {words}") for code, words in teams]
        choices += [(f"role:{code}", f"Role: {words}") for code, words in roles]
        self.fields["who"].choices = [("", "Choose"), *choices, (MAILBOX, "A mailbox of your body")]

    def clean(self) -> dict:
        """Ask for the address where a mailbox was chosen."""
        cleaned = super().clean()
        if cleaned.get("who") == MAILBOX and not cleaned.get("mailbox"):
            self.add_error("mailbox", "Write the address of the mailbox.")
        return cleaned

    def told(self) -> dict:
        """Return what was chosen, as `actions.tell` takes it."""
        kind, _, named = self.cleaned_data["who"].partition(":")
        named = self.cleaned_data["mailbox"] if kind == "mailbox" else named
        return {"kind": kind, "named": named, "moments": self.cleaned_data["moments"]}

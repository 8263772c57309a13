"""What officers fill in about who owes a return: one by hand, many by a file, a correction, an end."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.functions.returns import queries
from moothall.ui.forms import DayField

LARGEST = 1_000_000
"""Bytes of one file."""
WHY = {
    "label": "Why?", "max_length": 300, "help_text": "It stays with the history. Write no name of a person",
    "error_messages": {"required": "Write the reason in a few words"},
}  # fmt: skip


class EndForm(forms.Form):
    """Why an address owes no more returns."""

    why = forms.CharField(
        label=_("Why are no more owed?"), max_length=300,
        help_text=_("Such as: the licence was given back. Write no name of a person"),
        error_messages={"required": _("Write why no more are owed")},
    )  # fmt: skip


class AddressForm(forms.Form):
    """An address as words or a number; where several are meant, they are offered to choose from."""

    where = forms.CharField(
        label="Which address?", max_length=200, help_text="A postcode, a street with its number, or a UPRN"
    )
    uprn = forms.ChoiceField(
        label="Which of these?", widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the addresses", "invalid_choice": "Choose one of the addresses"},
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["where"].error_messages["required"] = "Write a postcode, a street with its number, or a UPRN"
        text = str(self.data.get("where") or "") if self.is_bound else ""
        self.found = queries.find_addresses(text) if text.strip() else []
        self.fields["uprn"].choices = self.found
        self.fields["uprn"].required = len(self.found) > 1

    def clean(self):
        """Take the one address that is meant, or ask which."""
        given = super().clean()
        if not given.get("where") or self.errors:
            return given
        if not self.found:
            self.add_error("where", "We found no such address. Write only the postcode, then choose the address")
        elif len(self.found) == 1:
            given["uprn"] = self.found[0][0]
        return given


class OpenForm(AddressForm):
    """One address that owes a return from now on."""

    kind = forms.ChoiceField(
        label="Which return?", widget=forms.RadioSelect, error_messages={"required": "Choose which return is owed"}
    )
    due = DayField(
        label="When is the first one due?", required=False,
        help_text="Leave it empty, and the return’s own rule says when, counted from today",
    )  # fmt: skip
    why = forms.CharField(**WHY)
    field_order = ("kind", "where", "uprn", "due", "why")

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds.items())
        self.fields["why"].help_text = "Such as: found on a visit. It stays with the history; write no name of a person"


class CorrectForm(AddressForm):
    """Another day, or another address."""

    due = DayField(label="When is the next one due?", required=False, error_messages={"required": "Write a day"})
    why = forms.CharField(**WHY)
    field_order = ("due", "where", "uprn", "why")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["where"].required = False
        self.fields["where"].label = "Is it about another address?"
        self.fields[
            "where"
        ].help_text = "Leave it empty if the address is right. Otherwise a postcode, a street or a UPRN"


class BringForm(forms.Form):
    """Many addresses at once: a file, or typed."""

    kind = forms.ChoiceField(
        label="Which return do they owe?", widget=forms.RadioSelect,
        error_messages={"required": "Choose which return they owe"},
    )  # fmt: skip
    file = forms.FileField(label="The file (CSV)", required=False)
    table = forms.CharField(
        label="Or type it, or correct it here", required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="The first line names the columns: uprn,due. Leave due empty where the return’s own rule says when",
    )  # fmt: skip
    leave_out = forms.BooleanField(label="Leave the wrong lines out, and take in the others", required=False)

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds.items())

    def clean_file(self) -> str:
        """Return the file's text."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > LARGEST:
            raise forms.ValidationError("The file is larger than 1 MB. Send it in parts")
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text:
            raise forms.ValidationError("Save the file as CSV in UTF-8, then choose it again")
        return text

    def clean(self):
        """Take the file where there is one, else what was typed."""
        given = super().clean()
        if not self.errors:
            given["table"] = given["file"] or given["table"]
            if not given["table"].strip():
                self.add_error("table", "Choose a file, or type the lines")
        return given

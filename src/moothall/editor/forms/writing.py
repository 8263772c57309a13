"""A file's text, what a second person says of a draft, and a new letter."""

from django import forms

from moothall.editor.rules.files import LONGEST


class TextForm(forms.Form):
    """The text of one file, as it stands in its box; blanks at its beginning and end are part of it."""

    text = forms.CharField(
        label="Text", max_length=2 * LONGEST, strip=False, required=False, widget=forms.Textarea(),
    )  # fmt: skip
    number = forms.IntegerField(widget=forms.HiddenInput)


class AskForm(forms.Form):
    """Anything to say to whoever looks at it."""

    words = forms.CharField(
        label="What should they know?", required=False, max_length=2000, widget=forms.Textarea(),
        help_text="Why it changes, or what to look at first.",
    )  # fmt: skip


class AnswerForm(forms.Form):
    """Whether it is good, and what has to change where it is not."""

    verdict = forms.ChoiceField(
        label="Can it be published as it stands?",
        choices=[("agree", "Yes, I agree to it"), ("back", "No, send it back")],
        widget=forms.RadioSelect, error_messages={"required": "Choose whether you agree to it."},
    )  # fmt: skip
    words = forms.CharField(
        label="What has to change", required=False, max_length=2000, widget=forms.Textarea(),
        help_text="Needed where you send it back. Whoever wrote it reads this.",
    )  # fmt: skip


class LetterForm(forms.Form):
    """The name of a new letter: it is made in both languages."""

    name = forms.RegexField(
        r"^[a-z0-9][a-z0-9-]{0,39}$", label="Name of a new letter", help_text="Small letters with hyphens: will-mend.",
        error_messages={
            "required": "Write a name, such as will-mend.",
            "invalid": "Use small letters and hyphens, such as will-mend.",
        },
        widget=forms.TextInput({"class": "govuk-!-width-one-half", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

"""A new service, as it is begun: its name, what residents call it, whose work it is, and who does it."""

from django import forms

HALF = {"class": "govuk-!-width-one-half", "autocomplete": "off", "spellcheck": "false"}


class BeginForm(forms.Form):
    """What the small whole service needs to know, and what it is a copy of if it is one."""

    title = forms.CharField(
        label="What do residents call it?", max_length=120, help_text="As they say it: Report graffiti.",
        error_messages={"required": "Write what residents call it, such as Report graffiti."},
    )  # fmt: skip
    title_cy = forms.CharField(
        label="The same in Welsh", max_length=120,
        error_messages={"required": "Write it in Welsh too: every public page can be read in Welsh."},
    )  # fmt: skip
    name = forms.CharField(
        label="Name in its address", max_length=40, widget=forms.TextInput(HALF),
        help_text="Small letters with hyphens, such as report-graffiti. It cannot be changed later.",
        error_messages={"required": "Write a name in small letters with hyphens, such as report-graffiti."},
    )  # fmt: skip
    work = forms.ChoiceField(
        label="Which work of yours is it?", help_text="The law gives it to your kind of body; it decides who is asked.",
        error_messages={"required": "Choose the kind of work."},
    )  # fmt: skip
    topic = forms.ChoiceField(label="Under which topic is it found?", error_messages={"required": "Choose a topic."})
    team = forms.ChoiceField(
        label="Which team does it?", error_messages={"required": "Choose the team whose queue it comes to."}
    )
    like = forms.ChoiceField(
        label="Begin from", required=False,
        help_text="A small service that is whole as it stands, or a copy of one that there is. A copy keeps the "
        "other’s work, topic and team until you change them.",
    )  # fmt: skip

    def __init__(self, works, topics, teams, services, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, choices in (("work", works), ("topic", topics), ("team", teams)):
            self.fields[name].choices = [("", "Choose"), *choices]
        self.fields["like"].choices = [("", "A small service"), *services]

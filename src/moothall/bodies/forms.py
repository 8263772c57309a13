"""What staff write about their colleagues."""

from django import forms

from moothall.bodies.rules.kinds import ROLE_NAMES
from moothall.ui.forms import DayField


class Work(forms.Form):
    """What somebody is to do for the body, and in which team."""

    team = forms.ChoiceField(label="Team", required=False)
    roles = forms.MultipleChoiceField(
        label="What may they do?",
        choices=list(ROLE_NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
    )

    def __init__(self, teams, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", "No team"), *((str(team.pk), team.name) for team in teams)]


class Colleague(Work):
    """Somebody who is to work for the body."""

    name = forms.CharField(label="Full name", max_length=120, error_messages={"required": "Write their full name."})
    email = forms.EmailField(
        label="Work e-mail address",
        help_text="They set their password with it. Not the address they use as a resident.",
        error_messages={
            "required": "Write their work e-mail address.",
            "invalid": "Write an e-mail address like name@example.com.",
        },
    )
    starts = DayField(label="First day")

    field_order = ("name", "email", "team", "roles", "starts")


class SignInGroup(Work):
    """What a group of the organisation's sign-in may do."""

    name = forms.CharField(
        label="Group",
        max_length=200,
        help_text="As your organisation's sign-in tells it: a name, or a long number.",
        error_messages={"required": "Write the group."},
    )

    field_order = ("name", "team", "roles")

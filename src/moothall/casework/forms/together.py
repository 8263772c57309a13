"""What somebody chooses of a life event."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ChoosingForm(forms.Form):
    """Which of the things that an event may ask for are wanted."""

    use_required_attribute = False
    wanted = forms.MultipleChoiceField(
        label=_("What do you need?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one")},
    )

    def __init__(self, *args, doings: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = doings

"""What would make it easier for somebody to ask us for something: light, on the way to sending it."""

from django import forms

from moothall.people.forms import ADDRESS, NeedsForm, clean_address


class RequestNeeds(NeedsForm):
    """What somebody needs with one request; where letters go, unless it is asked in danger."""

    post = forms.CharField(**ADDRESS)

    def __init__(self, *args, urgent: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if urgent:
            del self.fields["post"]  # whoever opens a letter at home could read it

    def clean_post(self) -> str:
        """Return the address; refuse one that no letter could be sent to."""
        return clean_address(self.cleaned_data["post"])

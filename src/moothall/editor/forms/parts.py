"""A part of a definition as a form: its boxes come from the schema of the language."""

from django import forms

from moothall.editor.rules import boxes as boxes_of
from moothall.editor.rules.boxes import UNITS, Box
from moothall.editor.rules.sections import QUESTIONS

NARROW = {"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}


class PartForm(forms.Form):
    """One box for each word; nothing is judged here: what is wrong is told of the whole definition."""

    def __init__(self, boxes: list[Box], value, *args, **kwargs):
        super().__init__(*args, initial=boxes_of.initial(boxes, value), **kwargs)
        self.boxes, self.before = boxes, value
        for box in boxes:
            self.fields.update(_fields(box, self.initial.get(box.name)))

        self.needed = [box.name for box in boxes if box.needed]
        self._require(True)

    def _require(self, needed: bool) -> None:
        """Say beside its box what is needed; what is empty all the same is told of with the whole definition."""
        for name in self.needed:
            self.fields[name].required = needed

    def full_clean(self) -> None:
        """Take every box as it is."""
        self._require(False)
        super().full_clean()
        self._require(True)

    def value(self):
        """Return the part as it was filled in, as a plain value."""
        return boxes_of.gathered(self.boxes, self.cleaned_data, self.before)


def _fields(box: Box, now) -> dict[str, forms.Field]:
    """Return the fields of a box by name."""
    said = {"label": box.label, "help_text": box.hint, "required": False}
    match box.kind:
        case "tick":
            return {box.name: forms.BooleanField(**said)}
        case "lines":
            return {box.name: forms.CharField(widget=forms.Textarea(), max_length=20_000, **said)}
        case "choice":
            choices = [("", "None"), *box.choices] + ([(now, now)] if now and now not in dict(box.choices) else [])
            return {box.name: forms.ChoiceField(choices=choices, **said)}
        case "many":
            more = [(one, one) for one in now or () if one not in dict(box.choices)]
            widget = forms.CheckboxSelectMultiple
            return {box.name: forms.MultipleChoiceField(choices=[*box.choices, *more], widget=widget, **said)}
        case "within":
            unit = said | {"label": f"{box.label}: counted in", "help_text": ""}
            return {
                box.name: forms.CharField(widget=forms.TextInput(NARROW), max_length=500, **said),
                f"{box.name}-unit": forms.ChoiceField(choices=list(UNITS.items()), **unit),
            }
        case "number" | "either":
            return {box.name: forms.CharField(widget=forms.TextInput(NARROW), max_length=500, **said)}
    long = isinstance(now, str) and (len(now) > 80 or "\n" in now)
    widget = forms.Textarea() if long else forms.TextInput({"autocomplete": "off"})
    return {box.name: forms.CharField(widget=widget, max_length=20_000, **said)}


class NameForm(forms.Form):
    """The name of an entry in conditions, and of a question its kind."""

    name = forms.RegexField(
        r"^[a-z][a-z0-9_-]{0,39}$", label="Name in conditions", widget=forms.TextInput(NARROW),
        help_text="Small letters, such as width. Conditions and letters that name it have to follow.",
        error_messages={
            "required": "Write a name, such as width.", "invalid": "Use small letters and figures, such as width."
        },
    )  # fmt: skip
    kind = forms.ChoiceField(label="What kind of question?", choices=list(QUESTIONS.items()))

    def __init__(self, has_kind: bool, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_kind:
            del self.fields["kind"]

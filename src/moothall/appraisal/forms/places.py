"""A form for any place of a case, made from what may be written there (rules/outline.py)."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from moothall.appraisal.rules import writing
from moothall.appraisal.rules.outline import Leaf
from moothall.ui.forms import DayField, SeveralField

MOST_TICKED = 8
"""More than these are not shown as a list to tick: a few of them are chosen in boxes."""
FEWEST_BOXES = 3
LONGEST = MaxLengthValidator(20_000)
"""A guard against what no person writes: nobody need be told how much is left."""


class _Written(forms.CharField):
    """A field that is written as text and read as a value of its kind."""

    def __init__(self, leaf: Leaf, **kwargs):
        self.leaf = leaf
        super().__init__(validators=[LONGEST], **kwargs)

    def clean(self, value):
        """Return the value, or None where nothing was written."""
        try:
            return writing.read(self.leaf, super().clean(value))
        except writing.Unreadable as problem:
            raise ValidationError(str(problem)) from None


class PlaceForm(forms.Form):
    """The fields of one place; a case may be unfinished, so none is required but why it is changed."""

    def __init__(self, fields: tuple[Leaf, ...], value: dict | None, *args, why: bool = True, **kwargs):
        self.leaves = {leaf.name: leaf for leaf in fields}
        value = value or {}
        initial = {name: writing.said(leaf, value.get(name)) for name, leaf in self.leaves.items()}
        initial |= {name: _day(value.get(name)) for name, leaf in self.leaves.items() if leaf.kind == "day"}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        for name, leaf in self.leaves.items():
            self.fields[name] = _field(leaf, value.get(name))
        if why:
            self.fields["why"] = forms.CharField(
                label="Why?", max_length=500, help_text="It stands in the history beside what you change.",
                error_messages={"required": "Write why."},
            )  # fmt: skip

    def mark_needed(self) -> None:
        """Show as optional only what a complete case may leave out; for a page, once the form was read."""
        for name, leaf in self.leaves.items():
            self.fields[name].required = leaf.needed

    def values(self, before: dict | None) -> dict:
        """Return {name: value} as it was written; what is only listed in another order stays as it was."""
        before, found = before or {}, {}
        for name, leaf in self.leaves.items():
            value = self.cleaned_data.get(name)
            if leaf.kind == "yes-no":
                value = {"yes": True, "no": False}.get(value)
            elif leaf.kind == "day":
                value = value.isoformat() if value else None
            elif leaf.many and sorted(value or ()) == sorted(before.get(name) or ()):
                value = before.get(name)
            found[name] = value or None if leaf.many else (None if value == "" else value)
        return found


class AddForm(PlaceForm):
    """A new entry of a list, with the short name by which others name it where entries have names."""

    def __init__(self, fields: tuple[Leaf, ...], named: bool, *args, **kwargs):
        super().__init__(fields, None, *args, **kwargs)
        if named:
            name = forms.RegexField(
                r"^[\w][\w-]*$", label="Short name", max_length=60,
                help_text="Letters, figures, - and _. Others name it by this, such as pay_growth.",
                error_messages={"required": "Give a short name.", "invalid": "Use letters, figures, - and _ only."},
            )  # fmt: skip
            self.fields = {"name": name, **self.fields}


def _day(value) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if value else None
    except (TypeError, ValueError):
        return None


def _field(leaf: Leaf, value) -> forms.Field:
    about = {"label": leaf.label, "help_text": leaf.hint, "required": False}
    if leaf.kind == "day":
        return DayField(**about)
    if leaf.kind == "yes-no":
        return forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect, **about)
    if leaf.choices is not None:
        return _choosing(leaf, value, about)
    long = leaf.long or leaf.kind in writing.LINES
    return _Written(leaf, widget=forms.Textarea(attrs={"rows": 4}) if long else forms.TextInput(), **about)


def _choosing(leaf: Leaf, value, about: dict) -> forms.Field:
    """Return a field to choose from; what stands there already can stay, whether it is still to be had or not."""
    known = dict(leaf.choices or ())
    stands = [one for one in (value if isinstance(value, list) else [value]) if one and one not in known]
    choices = [*known.items(), *((one, f"{one} (no longer there)") for one in stands)]
    if leaf.many and len(choices) > MOST_TICKED:
        boxes = leaf.most or max(FEWEST_BOXES, len(value or ()) + 1)
        return SeveralField(choices, boxes, **about)
    if leaf.many:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **about)
    blank = [("", "Not chosen")]
    return forms.ChoiceField(choices=[*blank, *choices], **about)

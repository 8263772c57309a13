"""Figures and weights of one's own for a published case. Numbers only: nobody is asked who they are or why."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moothall.appraisal.rules import writing
from moothall.appraisal.rules.forking import moving, unknown

LARGEST = 1e15


class _Number(forms.CharField):
    """A number as people write it."""

    def clean(self, value):
        """Return the number; refuse what is none."""
        try:
            found = writing.figure(super().clean(value))
        except writing.Unreadable:
            raise ValidationError(_("Write a number, such as 38400 or 0.12."), code="invalid") from None
        if abs(found) > LARGEST:
            raise ValidationError(_("Write a smaller number."), code="invalid")
        return found


class ForkForm(forms.Form):
    """A field for each weight, for what could turn the answer first, and for every other figure."""

    def __init__(self, document: dict, told: dict, figures: dict, swings: dict, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.inputs = document["inputs"]
        criteria = told["criteria"] or {"scales": {}, "swings": {}}
        usual = next(iter(criteria["swings"].values()), {})
        withheld, first = unknown(document), moving(told)
        self.groups = {"weights": [], "withheld": withheld, "first": [], "rest": []}
        for name, scale in criteria["scales"].items():
            self._add(f"weight-{name}", scale["what"], (swings or usual).get(name, 0), _("0 to 100"))
            self.groups["weights"].append(f"weight-{name}")
        for name in [*withheld, *first, *self.inputs]:
            if name not in self.inputs or f"figure-{name}" in self.fields:
                continue
            given = self.inputs[name]
            self._add(f"figure-{name}", given.get("what", name), figures.get(name, given.get("value")), given["unit"])
            if name not in withheld:
                self.groups["first" if name in first else "rest"].append(f"figure-{name}")
        self.groups["withheld"] = [f"figure-{name}" for name in withheld]

    def _add(self, name: str, label: str, value, hint) -> None:
        missing = {"required": _("Write a number, such as 38400 or 0.12.")}
        initial = "" if value is None else writing.number(value)
        self.fields[name] = _Number(label=label, max_length=30, initial=initial, help_text=hint, error_messages=missing)

    def group(self, name: str) -> list:
        """Return the fields of a group."""
        return [self[field] for field in self.groups[name]]

    @property
    def figures(self) -> dict[str, float]:
        """Return every figure as it was written, by input."""
        return {name: self.cleaned_data[f"figure-{name}"] for name in self.inputs}

    @property
    def swings(self) -> dict[str, float]:
        """Return the weights as swings: the largest counts 100."""
        given = {name[7:]: max(0.0, float(self.cleaned_data[name])) for name in self.groups["weights"]}
        most = max(given.values(), default=0)
        return {name: round(100 * value / most, 6) for name, value in given.items()} if most else {}

    def clean(self):
        """Refuse weights that are all nothing: something has to matter."""
        found = super().clean()
        given = [found.get(name) for name in self.groups["weights"]]
        if given and None not in given and max(given) <= 0:
            self.add_error(self.groups["weights"][0], _("Give at least one of them a weight above 0."))
        return found

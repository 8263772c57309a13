"""What officers fill in about licences."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.functions.licensing import rules
from moothall.functions.licensing.models import FINDINGS
from moothall.ui.forms import DayField

UNSEEN = "unseen"
FOUND = {UNSEEN: FINDINGS[""], **{code: words for code, words in FINDINGS.items() if code}}
VERDICTS = {
    "later": _("Save what there is; the rest comes later"),
    "passed": _("Passed: all of it is seen and right"),
    "failed": _("Not passed"),
}
OUTCOMES = {
    rules.ALLOWED: _("Allowed: our decision ends"),
    rules.DISMISSED: _("Dismissed: our decision stands"),
    rules.WITHDRAWN: _("The holder withdrew it"),
}


class CheckForm(forms.Form):
    """Each piece of evidence with what was found, and whether the check is passed."""

    use_required_attribute = False

    def __init__(self, *args, rows: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[f"finding-{row.code}"] = forms.ChoiceField(
                label=row.title["en"], choices=FOUND.items(), initial=row.finding or UNSEEN,
                error_messages={"required": _("Say whether you have seen it.")},
                widget=forms.RadioSelect,
            )  # fmt: skip
            if row.runs_out:
                self.fields[f"expires-{row.code}"] = DayField(
                    label=_("Until which day does it hold?"), help_text=row.title["en"], required=False,
                    initial=row.expires,
                )  # fmt: skip
        self.fields["verdict"] = forms.ChoiceField(
            label=_("How does the check stand?"), choices=VERDICTS.items(), widget=forms.RadioSelect, initial="later",
            error_messages={"required": _("Choose how the check stands.")},
        )  # fmt: skip
        self.fields["reason"] = forms.CharField(
            label=_("If it is not passed: why"), required=False, max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The applicant reads this."),
        )  # fmt: skip

    def findings(self) -> dict[str, dict]:
        """Return what was found, by code."""
        said = self.cleaned_data
        found = {row.code: said[f"finding-{row.code}"] for row in self.rows}
        return {
            code: {"finding": "" if finding == UNSEEN else finding, "expires": said.get(f"expires-{code}")}
            for code, finding in found.items()
        }

    def take(self, refusal) -> None:
        """Name the fields of a refusal's problems as this form does: a missing day belongs beside the day."""
        problems, said = refusal.details.get("problems") or {}, self.findings()
        refusal.details["problems"] = {
            f"expires-{code}"
            if said[code]["finding"] == rules.SEEN and f"expires-{code}" in self.fields
            else f"finding-{code}": words
            for code, words in problems.items()
        }


class PaperForm(forms.Form):
    """Until when the next paper holds."""

    expires = DayField(label=_("Until which day does it hold?"))


class MeasureForm(forms.Form):
    """On which ground in law, and why."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Why"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The holder reads this, and so does the court if they appeal."),
        error_messages={"required": _("Say why, in words the holder will read.")},
    )  # fmt: skip

    def __init__(self, *args, law: rules.Terms, **kwargs):
        super().__init__(*args, **kwargs)
        at_once, later = _("%(ground)s (takes effect at once)"), "%(ground)s"
        self.fields["ground"] = forms.ChoiceField(
            label=_("The ground in law"), widget=forms.RadioSelect,
            choices=[
                (code, (at_once if code in law.immediate else later) % {"ground": text["en"]})
                for code, text in law.grounds.items()
            ],
            error_messages={"required": _("Choose the ground in law.")},
        )  # fmt: skip
        self.order_fields(["ground", "reason"])


class SuspendForm(MeasureForm):
    """A suspension may have a last day."""

    until = DayField(
        label=_("Last day of the suspension"), required=False,
        help_text=_("Leave it empty to let it last until you lift it."),
    )  # fmt: skip


class AppealForm(forms.Form):
    """When the court had the appeal."""

    on = DayField(label=_("On which day did the court receive it?"))


class OutcomeForm(forms.Form):
    """What became of an appeal."""

    outcome = forms.ChoiceField(
        label=_("What became of it?"), choices=OUTCOMES.items(), widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of it.")},
    )  # fmt: skip


class SureForm(forms.Form):
    """A page that asks once more before something is done."""

    sure = forms.BooleanField(
        label=_("Yes, I am sure"), error_messages={"required": _("Say that you are sure, or go back.")}
    )

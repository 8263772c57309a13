"""What officers write down of a saving, one form for each thing that can happen to it."""

import datetime as dt
from uuid import UUID

from django import forms

from moothall.catalogue import queries as catalogue
from moothall.core.money import pounds
from moothall.core.years import named, year_of
from moothall.promises.rules.savings import KINDS, Amount, Part
from moothall.promises.rules.told import word
from moothall.ui.forms import DayField, PoundsField

YEARS = 3
"""How many years a form asks for at once: the horizon of an improvement plan."""


class Line(forms.CharField):
    """A line or two of text."""

    def __init__(self, label: str, missing: str = "", *, most: int = 600, wide: bool = False, **more):
        more.setdefault("required", bool(missing))
        widget = forms.Textarea(attrs={"rows": 3}) if wide else None
        super().__init__(label=label, max_length=most, widget=widget, error_messages={"required": missing}, **more)


class Source(Line):
    """Where something stands that is said here: a report and page, a minute, an address."""

    def __init__(self, label: str = "Where does it stand?", missing: str = "Say where it stands.", **more):
        super().__init__(label, missing, most=300, **more)


class Differs(Line):
    """How a saving differs from another of the same service and years."""

    def __init__(self):
        label = "If another saving counts the same service in these years: how does this one differ?"
        super().__init__(label, wide=True)


class Sum(PoundsField):
    """An amount in pounds, also below nothing; shown as it was typed."""

    def __init__(self, label: str, missing: str = "", **more):
        more.setdefault("required", bool(missing))
        widget = forms.TextInput(attrs={"prefix": "£", "inputmode": "text"})
        super().__init__(label=label, widget=widget, error_messages={"required": missing}, **more)

    def prepare_value(self, value):
        """Show pence as pounds."""
        return pounds(value).replace("£", "") if isinstance(value, int) else value


def years_from(first: dt.date, number: int = YEARS) -> list[dt.date]:
    """Return the first days of some financial years."""
    return [dt.date(year_of(first)[0].year + n, 4, 1) for n in range(number)]


class FiguresForm(forms.Form):
    """Figures of some years, each with what it saves and what making it costs; empty years are left out."""

    def __init__(self, years: list[dt.date], unit: str, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.years = years
        for year in years:
            if unit:
                label = f"How many {unit} in {named(year)}?"
                self.fields[f"{year.year}-gross"] = forms.IntegerField(label=label, required=False)
                continue
            self.fields[f"{year.year}-gross"] = Sum(f"Saved in {named(year)}")
            self.fields[f"{year.year}-cost"] = Sum(f"Cost of making it, in {named(year)}")

    def clean(self):
        """Gather the figures; a year without a figure is left out."""
        given = super().clean()
        found = {}
        for year in self.years:
            gross, cost = given.pop(f"{year.year}-gross", None), given.pop(f"{year.year}-cost", None)
            if gross is not None or cost is not None:
                found[year] = Amount(gross or 0, cost or 0)
        given["figures"] = found
        if not found and not self.errors:
            raise forms.ValidationError("Give a figure for at least one year. Write 0 where it saves nothing.")
        return given


class PromiseForm(FiguresForm):
    """A saving that is promised."""

    title = Line("What is the saving?", "Say what it is, in a few words.", most=120)
    title_cy = Line("The same in Welsh", most=120)
    kind = forms.ChoiceField(
        label="What kind of saving is it?", choices=[(kind, word("kinds", kind)) for kind in KINDS],
        widget=forms.RadioSelect, error_messages={"required": "Choose one."},
    )  # fmt: skip
    unit = Line("If it frees no money: what is it counted in?", most=40, help_text="Such as hours of staff time")
    service_id = forms.ChoiceField(label="In which service?", required=False)
    partnership_id = forms.ChoiceField(label="Does a partnership make it?", required=False)
    starts = DayField(label="From which day is it to show?")
    source = Source("Where does the promise stand?", help_text="A report and page, or an address")
    differs = Differs()
    field_order = ["title", "title_cy", "kind", "unit", "service_id", "partnership_id", "starts", "source", "differs"]

    def __init__(self, day: dt.date, partnerships: list, *args, **kwargs):
        super().__init__(years_from(day), "", *args, **kwargs)
        services = [(one.service_id, one.definition.title.en) for one in catalogue.services()]
        self.fields["service_id"].choices = [("", "None of them"), *sorted(services, key=lambda one: one[1])]
        self.fields["partnership_id"].choices = [("", "No"), *((str(one.id), one.name) for one in partnerships)]

    def clean(self):
        """Read whole units where the benefit is no money."""
        given = super().clean()
        given["partnership_id"] = UUID(given["partnership_id"]) if given.get("partnership_id") else None
        if given.get("kind") != "non-cash":
            given["unit"] = ""  # money needs none
        elif not given.get("unit"):
            self.add_error("unit", "Say what it is counted in.")
        else:
            given["figures"] = {y: Amount(a.gross // 100, 0) for y, a in given["figures"].items()}
        return given


class OwnerForm(forms.Form):
    """Who owns it."""

    owner_id = forms.TypedChoiceField(label="Who owns this saving?", coerce=int,
                                      error_messages={"required": "Choose somebody."})  # fmt: skip

    def __init__(self, staff, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner_id"].choices = [("", "")] + [
            (one.account_id, f"{one.name}, {one.team.name}" if one.team else one.name) for one in staff
        ]


class HowForm(forms.Form):
    """What brings it about, and what must not get worse."""

    cause = Line("What brings it about?", "Say what brings it about.", wide=True)
    quality = Line("What must not get worse by it?", "Say what must not get worse.", wide=True,
                   help_text="Such as: bins missed, days until a hole is mended, staff who leave")  # fmt: skip
    differs = Differs()


class PartsForm(forms.Form):
    """Who else gets a part of it, in per cent; the rest stays with one's own body."""

    def __init__(self, own, partners, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.own, self.partners = own, partners
        for body in partners:
            self.fields[f"{body.id}-percent"] = self._percent(f"{body.name}: how many per cent?")
        self.fields["outside"] = Line("Does anybody else get a part: a firm, a lender?", most=120)
        self.fields["outside-percent"] = self._percent("How many per cent leave the public bodies here?")

    def _percent(self, label):
        return forms.IntegerField(
            label=label, required=False, min_value=0, max_value=100,
            error_messages={"invalid": "Give a whole number from 0 to 100."},
        )  # fmt: skip

    def clean(self):
        """Gather the parts; one's own is what is left of a hundred."""
        given = super().clean()
        parts = [Part(body.name, given.get(f"{body.id}-percent") or 0, body.id) for body in self.partners]
        name, percent = given.get("outside", ""), given.get("outside-percent") or 0
        if bool(name) != bool(percent):
            raise forms.ValidationError("Name who else gets a part, and how many per cent of it.")
        parts = [part for part in [*parts, Part(name, percent)] if part.weight]
        left = 100 - sum(part.weight for part in parts)
        if left < 0:
            raise forms.ValidationError("That is more than 100 per cent.")
        own = [Part(self.own.name, left, self.own.id)] if left else []
        return {"parts": own + parts}


class BaselineForm(forms.Form):
    """What a year would cost without it."""

    stated_by = Line("Who states it?", "Say who states it.", most=120, help_text="Such as: Finance, or the union")
    pence = Sum("What would a year cost without the saving?", "Give the amount.")
    prices = forms.TypedChoiceField(label="In the prices of which year?", coerce=dt.date.fromisoformat,
                                    error_messages={"required": "Choose the year."})  # fmt: skip
    source = Source()
    because = Line("Beside another baseline: why this one?", wide=True)

    def __init__(self, day: dt.date, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = [dt.date(year_of(day)[0].year - n, 4, 1) for n in range(-1, 6)]
        self.fields["prices"].choices = [(year.isoformat(), named(year)) for year in years]


class ChooseForm(forms.Form):
    """Which baseline counts."""

    baseline_id = forms.TypedChoiceField(label="Which baseline counts?", widget=forms.RadioSelect, coerce=UUID,
                                         error_messages={"required": "Choose one."})  # fmt: skip
    because = Line("Why this one?", "Say why.", wide=True)

    def __init__(self, baselines, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["baseline_id"].choices = [
            (str(one.pk), f"{pounds(one.pence)} a year by {one.stated_by}, {named(one.prices)} prices")
            for one in baselines
        ]


class ProposeForm(forms.Form):
    """What is proposed."""

    words = Line("What do you ask for?", "Say what is to be decided, and by whom.", wide=True)


class ApproveForm(FiguresForm):
    """What was decided."""

    decided_by = Line("Who approved it?", "Say who approved it.", most=120, help_text="Such as: Cabinet")
    decided_on = DayField(label="On which day?")
    minute = Source("Where does the decision stand?")
    councillor = forms.ChoiceField(label="Which councillor answers for it?",
                                   error_messages={"required": "Choose one."})  # fmt: skip
    field_order = ["decided_by", "decided_on", "minute", "councillor"]

    def __init__(self, years, unit, councillors, *args, **kwargs):
        super().__init__(years, unit, *args, **kwargs)
        self.fields["councillor"].choices = [("", "")] + [(one.name, one.name) for one in councillors]


class DoneForm(forms.Form):
    """That it was carried out."""

    day = DayField(label="On which day was it done?")
    words = Line("What was done?", "Say what was done.", wide=True)


class ReportForm(forms.Form):
    """What came of it in a year up to a day."""

    year = forms.TypedChoiceField(label="For which year?", coerce=dt.date.fromisoformat,
                                  error_messages={"required": "Choose the year."})  # fmt: skip
    gross = Sum("What was saved?", "Give the amount; 0 for nothing.")
    cost = Sum("What did making it cost in that year?", "Give the amount; 0 for nothing.")
    until = DayField(label="Up to which day?")
    source = Source()

    def __init__(self, years, unit, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year.isoformat(), named(year)) for year in years]
        if unit:
            self.fields["gross"] = forms.IntegerField(
                label=f"How many {unit}?", error_messages={"required": "Give the number; 0 for none."}
            )
            del self.fields["cost"]

    def clean(self):
        """Gather the amount."""
        given = super().clean()
        given["amount"] = Amount(given.pop("gross", None) or 0, given.pop("cost", None) or 0)
        return given


class BlockForm(forms.Form):
    """Who blocks it, and why."""

    blocked_by = Line("Who blocks it?", "Say who blocks it.", most=120)
    why = Line("Why?", "Say why.", wide=True)


class FreeForm(forms.Form):
    """How it came to be free again."""

    words = Line("What has changed?", "Say what has changed.", wide=True)


class GiveUpForm(forms.Form):
    """Who gives it up, and why."""

    who = Line("Who decided to give it up?", "Say who decided.", most=120)
    words = Line("Why?", "Say why.", wide=True)


class DaysForm(forms.Form):
    """Which days are verified, and from which purse their entries come."""

    first = DayField(label="From which day?")
    last = DayField(label="Up to which day?")


class VerifyForm(forms.Form):
    """The entries and the baseline of these days."""

    from_baseline = forms.TypedChoiceField(
        label="How do these entries show it?", widget=forms.RadioSelect, initial="yes", coerce=lambda key: key == "yes",
        choices=[("yes", "They are what was spent: the saving is the baseline less all of them"),
                 ("no", "They are what was taken out of a budget: the saving is what they add up to")],
    )  # fmt: skip
    baseline_pence = Sum("The baseline of these days, if it is not the yearly one day by day")
    working = Line("How was it worked out?", wide=True,
                   help_text="Such as: the same months a year before, times an index with its source")  # fmt: skip
    entries = forms.MultipleChoiceField(
        label="Which entries?", required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, keys, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entries"].choices = [(key, key) for key in keys]


class WithdrawForm(forms.Form):
    """Why a verification is taken back."""

    why = Line("Why is it taken back?", "Say why.", wide=True)

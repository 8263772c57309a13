"""What officers write into a service improvement plan, and of ideas and their fund."""

import datetime as dt
from uuid import UUID

from django import forms

from moothall.catalogue import queries as catalogue
from moothall.core.years import named
from moothall.promises.forms.savings import Line, Source, Sum, years_from
from moothall.promises.rules.ideas import RESULTS
from moothall.promises.rules.plans import ACTION_FOLLOWS, GROUPS
from moothall.promises.rules.told import word
from moothall.ui.forms import DayField


def services() -> list[tuple[str, str]]:
    """Return every service as a choice, by title."""
    return sorted(((one.service_id, one.definition.title.en) for one in catalogue.services()), key=lambda one: one[1])


class BeginForm(forms.Form):
    """For which service and year."""

    service_id = forms.ChoiceField(label="For which service?", error_messages={"required": "Choose one."})
    year = forms.TypedChoiceField(label="From which financial year on?", coerce=dt.date.fromisoformat)

    def __init__(self, day: dt.date, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service_id"].choices = services()
        years = years_from(day, 2)
        self.fields["year"].choices = [(year.isoformat(), f"{named(year)} and two more") for year in years]


class PrioritiesForm(forms.Form):
    """What comes first."""

    priorities = Line("What comes first, and what after it?", "Say what comes first.", most=1200, wide=True)


class ActionForm(forms.Form):
    """One action."""

    title = Line("What is to be done?", "Say what is to be done.", most=200)
    owner_id = forms.TypedChoiceField(label="Who owns it?", coerce=int, required=False, empty_value=None)
    starts = DayField(label="When does it begin?")
    due = DayField(label="By when is it done?")
    effect = Line("What is it to bring about?", "Say what it is to bring about.", wide=True,
                  help_text="With a figure, if there is one: missed bins from 60 to 40 a month")  # fmt: skip
    saving_id = forms.TypedChoiceField(label="Does it make a saving?", coerce=UUID, required=False, empty_value=None)

    def __init__(self, years, staff, savings, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.years = years
        self.fields["owner_id"].choices = [("", "Nobody yet")] + [
            (one.account_id, f"{one.name}, {one.team.name}" if one.team else one.name) for one in staff
        ]
        self.fields["saving_id"].choices = [("", "No, or none that is promised")] + [
            (str(one.row.pk), f"{one.row.reference} {one.row.title}") for one in savings
        ]
        for year in years:
            self.fields[f"{year.year}-cost"] = Sum(
                f"What does it cost in {named(year)}?", "Give the amount; 0 for none."
            )

    def clean(self):
        """Gather what it costs in each year."""
        given = super().clean()
        given["costs"] = tuple(given.pop(f"{year.year}-cost", None) or 0 for year in self.years)
        return given


class VoiceForm(forms.Form):
    """What a group said."""

    group = forms.ChoiceField(
        label="Who was asked?", choices=[(group, word("groups", group)) for group in GROUPS],
        widget=forms.RadioSelect, error_messages={"required": "Choose one."},
    )  # fmt: skip
    asked = Line("How were they asked, and how many answered?", "Say how they were asked.", most=300,
                 help_text="No names. Such as: two evenings in May, 14 people")  # fmt: skip
    said = Line("What did they say?", "Write down what they said.", wide=True)
    answer = Line("What does the plan answer?", wide=True,
                  help_text="What it does about it, or why not. It can be answered later")  # fmt: skip


class AnswerForm(forms.Form):
    """What the plan answers."""

    answer = Line("What does the plan answer?", "Say what it does about it, or why not.", wide=True)


class AdoptForm(forms.Form):
    """Who adopted it."""

    adopted_by = Line("Who adopted it?", "Say who adopted it.", most=120, help_text="Such as: Cabinet")
    minute = Source("Where does the decision stand?")
    adopted_on = DayField(label="On which day?")
    councillor = forms.ChoiceField(label="Which councillor answers for it?",
                                   error_messages={"required": "Choose one."})  # fmt: skip

    def __init__(self, councillors, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["councillor"].choices = [("", "")] + [(one.name, one.name) for one in councillors]


class MoveForm(forms.Form):
    """How an action stands now."""

    state = forms.ChoiceField(label="How does it stand?", widget=forms.RadioSelect,
                              error_messages={"required": "Choose one."})  # fmt: skip
    outcome = Line("What came of it?", wide=True, help_text="With the figure, if it is done; why, if it is dropped")

    def __init__(self, state, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(then, word("action_states", then)) for then in ACTION_FOLLOWS[state]]

    def clean(self):
        """Ask for what came of it once it is over."""
        given = super().clean()
        if given.get("state") in ("done", "dropped") and not given.get("outcome"):
            self.add_error("outcome", "Say what came of it.")
        return given


class LessonForm(forms.Form):
    """What it taught."""

    words = Line("What did you learn that the next plan should know?", "Write down what you learnt.", wide=True)


class FundForm(forms.Form):
    """What is set aside for trying ideas."""

    year = forms.TypedChoiceField(label="For which financial year?", coerce=dt.date.fromisoformat)
    pence = Sum("How much may be spent on trying ideas in that year?", "Give the amount.")
    most = Sum("How much may one idea have at most?", "Give the amount.")
    decided_by = Line("Who decided it?", "Say who decided it.", most=120)
    minute = Source("Where does the decision stand?")

    def __init__(self, years, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year.isoformat(), named(year)) for year in years]


class IdeaForm(forms.Form):
    """An idea."""

    title = Line("What is the idea?", "Say it in a few words.", most=120)
    words = Line("What would be done, and what would be better for it?", "Say what would be better.", most=1200,
                 wide=True, help_text="Everybody reads it. Name no person")  # fmt: skip
    origin = forms.ChoiceField(
        label="Whose idea is it?", choices=[(group, word("groups", group)) for group in GROUPS],
        widget=forms.RadioSelect, error_messages={"required": "Choose one."},
    )  # fmt: skip
    service_id = forms.ChoiceField(label="For which service?", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service_id"].choices = [("", "None of them"), *services()]


class GrantForm(forms.Form):
    """A small grant."""

    pence = Sum("How much may it have?", "Give the amount.")
    decided_by = Line("Who decides it?", "Say who decides it.", most=120)
    reason = Line("Why is it worth trying?", "Say why.", wide=True)
    shows = Line("What is the trial to show?", "Say what it is to show.", wide=True)
    ends = DayField(label="On which day does the trial end?")


class DeclineForm(forms.Form):
    """Why it is not tried."""

    decided_by = Line("Who decides it?", "Say who decides it.", most=120)
    reason = Line("Why is it not tried?", "Say why.", wide=True)


class ResultForm(forms.Form):
    """What came of a trial."""

    result = forms.ChoiceField(
        label="What came of it?", choices=[(result, word("results", result)) for result in RESULTS],
        widget=forms.RadioSelect, error_messages={"required": "Choose one."},
    )  # fmt: skip
    learnt = Line("What did it teach?", "Say what it taught.", wide=True)
    spent = Sum("What was spent?", "Give the amount.")

"""What a body decides when it takes a newer version."""

from moothall.catalogue import queries as catalogue
from moothall.sharing.forms.drawing import SettingsForm
from moothall.ui.forms import DayField


class VersionForm(SettingsForm):
    """The settings, carried over where that is clear; a new one as it is proposed, one to be decided empty."""

    def __init__(self, newer, *args, **kwargs):
        carried = {row.name: row.value for row in newer.settings}
        opens = newer.new.definition.leaves_open
        super().__init__(newer.new.definition, carried, *args, **kwargs)
        for row in newer.unbound:
            first = next(key for key in self.fields if key.partition("-")[0] == row.name)
            hints = (row.unbound, "" if row.why == "new" else _between(opens[row.name], row))
            self.fields[first].help_text = " ".join(filter(None, (*hints, self.fields[first].help_text)))
            if row.why != "new":
                self._empty(row.name)
        self.fields["starts"] = DayField(label="From which day?", help_text="Cases that are open go on as they began.")

    def _empty(self, name: str) -> None:
        for key, field in self.fields.items():
            if key.partition("-")[0] == name:
                field.initial = None
                field.error_messages["required"] = "Decide this before you take the new version."


def _between(parameter, row) -> str:
    """Return what a body had and what is proposed now, so that it can choose."""
    had, proposed = (catalogue.setting_told(parameter, value)[1] for value in (row.value, parameter.default))
    return (
        f"You had: {had} Proposed now: {proposed}"
        if parameter.type == "text"
        else f"You had {had}; {proposed} is proposed."
    )

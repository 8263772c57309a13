"""What a body decides when it takes a newer version."""

from moothall.sharing.forms.drawing import SettingsForm
from moothall.ui.forms import DayField


class VersionForm(SettingsForm):
    """The settings, carried over where that is clear; those that a person must decide begin empty."""

    def __init__(self, newer, *args, **kwargs):
        carried = {row.name: row.value for row in newer.settings}
        super().__init__(newer.new.definition, carried, *args, **kwargs)
        for row in newer.unbound:
            for key, field in self.fields.items():
                if key.partition("-")[0] == row.name:
                    field.help_text = f"{row.unbound} You had {field.initial}. {field.help_text}"
                    field.initial = None
                    if hasattr(field, "error_messages"):
                        field.error_messages["required"] = "Decide this before you take the new version."
        self.fields["starts"] = DayField(label="From which day?", help_text="Cases that are open go on as they began.")

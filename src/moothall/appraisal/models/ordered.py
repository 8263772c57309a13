"""JSON that keeps the order of its names: the order of options and inputs is part of a case, and jsonb forgets it."""

import json

from django.db import models


class OrderedJson(models.TextField):
    """Plain data, kept as JSON text in the order in which it was written."""

    def get_prep_value(self, value):
        """Return the text that is kept."""
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def from_db_value(self, value, _expression, _connection):
        """Return the data that was kept."""
        return None if value is None else json.loads(value)

    def to_python(self, value):
        """Return data of a text, and data as it is."""
        return json.loads(value) if isinstance(value, str) else value

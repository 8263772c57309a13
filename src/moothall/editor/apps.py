"""Editor as Django sees it."""

from django.apps import AppConfig


class EditorConfig(AppConfig):
    """Services made and changed in the browser."""

    name = "moothall.editor"
    label = "editor"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Register what the editor answers."""
        from moothall.editor import handlers  # noqa: F401

"""Appraisal as Django sees it."""

from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    """The workbench: cases that several people write, editions that are published, and what others make of them."""

    name = "moothall.appraisal"
    label = "appraisal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from moothall.appraisal import handlers, tasks  # noqa: F401  they register themselves

"""Onboarding as Django sees it."""

from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    """How a body joins."""

    name = "moothall.onboarding"
    label = "onboarding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from moothall.onboarding import handlers, tasks  # noqa: F401  registered once the apps are there

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "moothall.sharing"
    label = "sharing"
    verbose_name = "Sharing"

"""Addresses of waste."""

from django.urls import path, register_converter

from moothall.functions.waste.views import bins, crew, rounds


class Digits:
    """A number of a home or street: digits, with the noughts it begins with."""

    regex = "[0-9]{1,12}"

    def to_python(self, value: str) -> str:
        """Return it as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it is."""
        return value


register_converter(Digits, "digits")

app_name = "waste"
urlpatterns = [
    # /bins/
    path("bins/", bins.find, name="bins"),
    path("bins/<digits:uprn>/", bins.address, name="address"),
    path("bins/<digits:uprn>.ics", bins.address_ics, name="address_ics"),
    path("bins/street/<digits:usrn>/", bins.street, name="street"),
    path("bins/street/<digits:usrn>.ics", bins.street_ics, name="street_ics"),
    # /waste/
    path("waste/", rounds.rounds, name="rounds"),
    path("waste/rounds/<int:round_id>/<str:day>/collected/", rounds.collected, name="collected"),
    path("waste/rounds/<int:round_id>/<str:day>/incomplete/", rounds.incomplete, name="incomplete"),
    path("waste/rounds/<int:round_id>/<str:day>/note/", rounds.note, name="note"),
    # /crew/waste/
    path("crew/waste/", crew.visits, name="visits"),
    path("crew/waste/<uuid:visit_id>/", crew.visit, name="visit"),
    path("crew/waste/<uuid:visit_id>/done/", crew.done, name="done"),
    path("crew/waste/<uuid:visit_id>/not-done/", crew.not_done, name="not_done"),
]

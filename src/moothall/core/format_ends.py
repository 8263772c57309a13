"""How an address ends in the format that is asked for: `services.<form:form>` is services.xml or services.json."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class Form(StringConverter):
    """One of the two formats of Open311."""

    regex = "xml|json"


register_converter(Form, "form")

"""Components for Django templates: `{% gds "button" text="Continue" %}`, `{% gds_field form.name %}`."""

import json
import re
from functools import lru_cache
from typing import Any

from django import forms, template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from jinja2 import Environment, PackageLoader, PrefixLoader

from moothall.ui import rules
from moothall.ui.forms import DayWidget, PlaceWidget, SeveralWidget

UNWANTED = {"cols", "rows", "required", "placeholder"}  # a placeholder is gone when one needs it: write a hint
register = template.Library()
macros = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    autoescape=True,
    auto_reload=False,
)


@lru_cache(None)
def _macro(name: str):
    page = macros.get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    return getattr(page.module, "govuk" + "".join(part.title() for part in name.split("-")))


def gds(name: str, /, **params: Any) -> SafeString:
    """Render one component; `params` are those of its documentation, in its own (camel case) words."""
    return SafeString(str(_macro(name)(params)))  # the macros escape every text they are given


def nested(words: dict[str, Any]) -> dict[str, Any]:
    """Turn `label__text`, `prevent_double_click` into `{"label": {"text": ...}}`, `{"preventDoubleClick": ...}`."""
    found: dict[str, Any] = {}
    for key, value in words.items():
        if value is None:
            continue
        inside = found
        *outer, last = [re.sub(r"_(\w)", lambda hit: hit[1].upper(), part) for part in key.split("__")]
        for part in outer:
            inside = inside.setdefault(part, {})
        inside[last] = str(value) if isinstance(value, Promise) else value
    return found


@register.simple_tag(name="gds")
def gds_tag(name: str, /, **params: Any) -> SafeString:
    """Render a component from a template: `{% gds "tag" text="Late" classes="govuk-tag--red" %}`."""
    return gds(name, **nested(params))


def _text(words: Any) -> dict[str, str]:
    return {"text": str(words)}


def _label(bound: forms.BoundField) -> str:
    label = str(bound.label)
    return label if bound.field.required else _("%(question)s (optional)") % {"question": label}


def _base(bound: forms.BoundField) -> dict[str, Any]:
    """Return what every component of a field is given: name, id, hint, error."""
    params: dict[str, Any] = {"name": bound.html_name, "id": bound.auto_id}
    if bound.help_text:
        hint = str(bound.help_text)  # a lazy text tells only when it is asked for whether it is markup
        params["hint"] = {"html" if isinstance(hint, SafeString) else "text": hint}
    if bound.errors:
        params["errorMessage"] = {**_text(" ".join(bound.errors)), "visuallyHiddenText": _("Error")}
    return params


def _legend(bound: forms.BoundField, heading: bool, size: str) -> dict[str, Any]:
    return {
        "legend": {**_text(_label(bound)), "classes": f"govuk-fieldset__legend--{size}", "isPageHeading": heading},
    }


def _choices(bound: forms.BoundField, heading: bool, size: str) -> SafeString:
    many = isinstance(bound.field.widget, forms.CheckboxSelectMultiple)
    given = bound.value()
    chosen = {str(value) for value in (given or [] if many else [given])}
    hints = getattr(bound.field, "hints", {})
    params = _base(bound)
    params["idPrefix"] = params.pop("id")
    params["items"] = [
        {"value": str(value), **_text(text), "checked": str(value) in chosen}
        | ({"hint": _text(hints[value])} if hints.get(value) else {})
        for value, text in bound.field.choices
        if str(value) != ""
    ]
    if not many and len(params["items"]) == 2 and all(len(item["text"]) < 12 for item in params["items"]):
        params["classes"] = "govuk-radios--inline"
    return gds("checkboxes" if many else "radios", fieldset=_legend(bound, heading, size), **params)


def _tick(bound: forms.BoundField) -> SafeString:
    params = _base(bound)
    params["idPrefix"] = params.pop("id")
    hint = params.pop("hint", None)
    item = {"value": "on", **_text(bound.label), "checked": bool(bound.value())} | ({"hint": hint} if hint else {})
    return gds("checkboxes", items=[item], **params)


def _select(bound: forms.BoundField, label: dict[str, Any]) -> SafeString:
    chosen = str(bound.value() if bound.value() is not None else "")
    items = [
        {"value": str(value), **_text(text), "selected": str(value) == chosen} for value, text in bound.field.choices
    ]
    return gds("select", label=label, items=items, **_base(bound))


def _several(bound: forms.BoundField, size: str) -> SafeString:
    """Return a select for each box, in one fieldset that asks the question."""
    params, boxes = _base(bound), []
    for place, chosen in enumerate(bound.field.widget.decompress(bound.value())):
        items = [
            {"value": str(value), **_text(text), "selected": str(value) == str(chosen or "")}
            for value, text in bound.field.choices
        ]
        label = _text(_("Choice %(number)s") % {"number": place + 1})
        about = {"id": bound.auto_id if place == 0 else f"{bound.auto_id}_{place}", "label": label}
        if place == 0:
            about |= {name: params[name] for name in ("hint", "errorMessage") if name in params}
        boxes.append(gds("select", name=f"{bound.html_name}_{place}", items=items, **about))
    return gds("fieldset", html=SafeString("".join(boxes)), **_legend(bound, heading=False, size=size))


def _day(bound: forms.BoundField, heading: bool, size: str) -> SafeString:
    params = _base(bound)
    params.pop("name")
    values = bound.field.widget.decompress(bound.value())
    wrong = " govuk-input--error" if bound.errors else ""
    names = (("day", _("Day"), 2), ("month", _("Month"), 2), ("year", _("Year"), 4))
    params["items"] = [
        {
            "id": bound.auto_id if part == "day" else f"{bound.auto_id}-{part}",
            "name": f"{bound.html_name}-{part}",
            "label": text,
            "value": str(value or ""),
            "classes": f"govuk-input--width-{width}{wrong}",
        }
        for (part, text, width), value in zip(names, values, strict=True)
    ]
    params["id"] = f"{bound.auto_id}-day-month-year"
    return gds("date-input", fieldset=_legend(bound, heading, size), **params)


def _input(bound: forms.BoundField, label: dict[str, Any]) -> SafeString:
    widget = bound.field.widget
    params = {**_base(bound), "label": label}
    attributes = {key: value for key, value in widget.attrs.items() if key not in UNWANTED}
    params["classes"] = attributes.pop("class", "")
    for name in {"autocomplete", "inputmode", "prefix", "suffix"} & attributes.keys():
        value = attributes.pop(name)
        params[name] = _text(value) if name in {"prefix", "suffix"} else value
    if isinstance(widget, forms.FileInput):
        return gds("file-upload", attributes=attributes, **params)
    value = bound.value()
    params["value"] = "" if value is None else str(value)
    if isinstance(widget, forms.Textarea):
        attributes.pop("maxlength", None)
        longest = getattr(bound.field, "max_length", None)
        if longest:
            return gds("character-count", maxlength=longest, attributes=attributes, **params)
        return gds("textarea", attributes=attributes, **params)
    kind = attributes.pop("type", getattr(widget, "input_type", "text"))
    if kind == "number":
        kind, params["inputmode"] = "text", params.get("inputmode", "numeric")
    if kind == "password":
        params.pop("value")
        words = {
            "showPasswordText": _("Show"),
            "hidePasswordText": _("Hide"),
            "showPasswordAriaLabelText": _("Show password"),
            "hidePasswordAriaLabelText": _("Hide password"),
            "passwordShownAnnouncementText": _("Your password is visible"),
            "passwordHiddenAnnouncementText": _("Your password is hidden"),
        }
        return gds("password-input", attributes=attributes, **params, **words)
    attributes.pop("maxlength", None)
    return gds("input", type=kind, attributes=attributes, **params)


@register.simple_tag
def gds_field(bound: forms.BoundField, heading: bool = False, size: str = "") -> SafeString:
    """
    Render one form field with its label, hint and error.

    `heading=True` makes its label the page's only heading (one question a page); `size` is s, m, l or xl.
    """
    widget = bound.field.widget
    size = size or ("l" if heading else "s")
    if widget.is_hidden:
        return SafeString(bound.as_widget())  # Django escapes it
    if isinstance(widget, PlaceWidget):
        return place_picker(bound, heading=heading, size=size)
    if isinstance(widget, DayWidget):
        return _day(bound, heading, size)
    if isinstance(widget, SeveralWidget):
        return _several(bound, size)
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return _choices(bound, heading, size)
    if isinstance(widget, forms.CheckboxInput):
        return _tick(bound)
    label = {**_text(_label(bound)), "classes": f"govuk-label--{size}", "isPageHeading": heading}
    if isinstance(widget, forms.Select):
        return _select(bound, label)
    return _input(bound, label)


@register.simple_tag
def gds_fields(form: forms.BaseForm) -> SafeString:
    """Render every field of a form, in its order."""
    return SafeString("".join(gds_field(bound) for bound in form))  # each is safe already


@register.simple_tag
def gds_errors(*shown: forms.BaseForm | None) -> SafeString | str:
    """Render one summary of the errors of the forms on a page, each a link to its question; nothing without any.

    What is about no question leads to where something is to be done first, if the refusal said so.
    """
    items = [
        _text(error) | _leading(getattr(form, "leads_to", "") if name == "__all__" else f"#{form[name].auto_id}")
        for form in shown
        if form
        for name, errors in form.errors.items()
        for error in errors
    ]
    if not items:
        return ""
    return gds("error-summary", titleText=_("There is a problem"), errorList=items)


def _leading(href: str) -> dict:
    return {"href": href} if href else {}


@register.simple_tag
def gds_problem(message: Any, href: str = "") -> SafeString | str:
    """Render the summary for one refusal: `{% gds_problem refusal %}`; nothing when there is none."""
    if not message:
        return ""
    text = _text(getattr(message, "message", None) or message)
    return gds("error-summary", titleText=_("There is a problem"), errorList=[text | _leading(href)])


def place_picker(bound: forms.BoundField, *, heading: bool = True, size: str = "l") -> SafeString:
    """Render the place picker for a PlaceField: box first, map second, "use where I am" third."""
    addresses = {}
    for name, route in rules.PLACE_ADDRESSES.items():
        try:
            addresses[name] = reverse(route)
        except NoReverseMatch:
            addresses[name] = ""
    addresses["towns"] = addresses["districts"] and f"{addresses['districts']}?kind=settlement"
    value = bound.field.widget.decompress(bound.value())
    words = {
        "bound": bound,
        "label": _label(bound),
        "heading": heading,
        "size": size,
        "addresses": addresses,
        "value": dict(zip(rules.PLACE_PARTS, value, strict=True)),
        "choices": getattr(bound.field, "found", []),
        "centre": getattr(bound.field, "centre", rules.PLACE_CENTRE),
        "describedby": " ".join(
            f"{bound.auto_id}-{part}" for part, there in (("hint", bound.help_text), ("error", bound.errors)) if there
        ),
    }
    return SafeString(render_to_string("ui/parts/place_picker.html", words))  # a template escapes


@lru_cache(1)
def _manifest(path: str, _stamp: float) -> dict[str, str]:
    with open(path, encoding="utf-8") as file:
        return json.load(file)


@register.simple_tag
def asset(name: str) -> str:
    """
    Return the address of a built file: `{% asset "moothall.css" %}`.

    Before `make assets` ran it is the file's plain name: pages work without their styles.
    """
    path = settings.ASSETS / "ui" / "manifest.json"
    try:
        names = _manifest(str(path), path.stat().st_mtime)
    except FileNotFoundError:
        names = {}
    return f"{settings.STATIC_URL}ui/{names.get(name, name)}"


@register.simple_tag
def theme_css(body: Any = None) -> str:
    """Return the address of a body's theme stylesheet (its `colour` and `accent`), or Moothall's own."""
    colour = str(getattr(body, "colour", "") or "").lstrip("#").lower()
    accent = str(getattr(body, "accent", "") or "").lstrip("#").lower()
    if not rules.is_readable_theme(colour, accent):
        colour, accent = rules.OWN_THEME
    return reverse("ui:theme", args=[colour, accent])

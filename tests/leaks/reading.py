"""All that an answer says, with what is packed unpacked; and the links and forms of a page."""

import contextlib
import io
import zipfile
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import QueryDict


def said(answer) -> str:
    """Return all that an answer says, in capitals: headers, cookies and content."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return "\n".join([str(dict(answer.items())), str(answer.cookies), unpacked(content)]).upper()


def unpacked(content: bytes) -> str:
    """Return the words of a text, a PDF, or of every file in a ZIP."""
    if content.startswith(b"%PDF"):
        from pypdf import PdfReader

        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK"):
        with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "\n".join(unpacked(packed.read(name)) for name in packed.namelist())
    return content.decode(errors="replace")


@dataclass
class Form:
    """A form as a page shows it: where it is sent, what stands in it, and what could be chosen."""

    action: str
    method: str
    given: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.forms, self._form, self._words, self._select = [], [], None, None, None

    def handle_starttag(self, tag, attrs):
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and said.get("href"):
            self.links.append(said["href"])
        elif tag == "form":
            self._form = Form(said.get("action", ""), said.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form and tag in ("input", "button") and said.get("name"):
            self._input(said, "submit" if tag == "button" else said.get("type", "text"))
        elif self._form and tag in ("select", "textarea") and said.get("name"):
            self._form.kinds[said["name"]] = tag
            self._select = said["name"] if tag == "select" else None
            self._words = said["name"] if tag == "textarea" else None
        elif self._form and tag == "option" and self._select and said.get("value"):
            self._form.choices.setdefault(self._select, []).append(said["value"])
            if "selected" in said:
                self._form.given[self._select] = [said["value"]]

    def _input(self, said, kind):
        name, form = said["name"], self._form
        form.kinds[name] = kind
        if kind in ("radio", "checkbox", "submit"):
            form.choices.setdefault(name, []).append(said.get("value", "on"))
        if (kind in ("radio", "checkbox") and "checked" not in said) or kind == "submit":
            return
        if said.get("value"):
            form.given.setdefault(name, []).append(said["value"])

    def handle_data(self, data):
        if self._form and self._words and data.strip():
            self._form.given[self._words] = [data]

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        if tag in ("select", "textarea"):
            self._select = self._words = None


def page(answer) -> tuple[list[str], list[Form]]:
    """Return the links and the forms of an HTML answer; none of others."""
    if answer.streaming or "html" not in answer.get("Content-Type", ""):
        return [], []
    parser = _Page()
    parser.feed(answer.content.decode())
    return parser.links, parser.forms


def query(text: str) -> dict:
    """Return the values of the part of an address after the question mark."""
    return QueryDict(text).dict()

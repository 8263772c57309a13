"""
The two ways Open311 writes what it says: XML, and JSON by the Spark convention (a list of children, the root left out).

Source: Open311 GeoReport v2, Format Support (https://wiki.open311.org/GeoReport_v2).
"""

import json
import re
from xml.etree import ElementTree

#: What one of each list is called in XML.
ONE_OF = {
    "services": "service",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}
#: Characters that XML 1.0 has no way to write.
UNWRITABLE = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
LONGEST = 2_000_000


def write(form: str, root: str, content: dict | list) -> bytes:
    """Return an answer in UTF-8: `form` is xml or json, `root` what it is called in XML.

    >>> write("xml", "errors", [{"code": 404, "description": "No such service"}]).decode().splitlines()[1]
    '<errors><error><code>404</code><description>No such service</description></error></errors>'
    >>> write("json", "errors", [{"code": 404, "description": "No such service"}]).decode()
    '[{"code": 404, "description": "No such service"}]'
    """
    if form == "json":
        return json.dumps(content, ensure_ascii=False).encode()
    return ElementTree.tostring(_element(root, content), encoding="utf-8", xml_declaration=True)


def read(content: bytes) -> list[dict[str, str]]:
    """Return the flat items of a list that somebody else wrote in either format; raises ValueError if it is none.

    What is empty or null reads as "". A document type is refused: no list needs one, and entities do harm.

    >>> read(b"<service_requests><request><status>open</status><token/></request></service_requests>")
    [{'status': 'open', 'token': ''}]
    >>> read(b'[{"status": "open", "token": null}]')
    [{'status': 'open', 'token': ''}]
    """
    text = content.strip()
    if len(text) > LONGEST:
        raise ValueError("the answer is too long")
    if not text.startswith(b"<"):
        return _read_json(text)
    if b"<!DOCTYPE" in text:
        raise ValueError("the answer has a document type")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  without a document type there is nothing to expand
    except ElementTree.ParseError as error:
        raise ValueError("the answer is no XML") from error
    return [{part.tag: (part.text or "").strip() for part in item} for item in root]


def _read_json(text: bytes) -> list[dict[str, str]]:
    said = json.loads(text)
    if isinstance(said, dict):  # some servers keep the root
        said = next((value for value in said.values() if isinstance(value, list)), [said])
    if not isinstance(said, list) or not all(isinstance(item, dict) for item in said):
        raise ValueError("the answer is no list")
    return [{key: "" if value is None else str(value) for key, value in item.items()} for item in said]


def _element(name: str, content) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(content, dict):
        element.extend(_element(key, value) for key, value in content.items())
    elif isinstance(content, list):
        element.extend(_element(ONE_OF[name], one) for one in content)
    elif content is not None:
        element.text = UNWRITABLE.sub("", _text(content))
    return element


def _text(value) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)

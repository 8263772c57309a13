"""Text made plain: from hostile HTML, without what it quotes, without what cannot be seen. Plain Python."""

import re
import unicodedata
from html.parser import HTMLParser
from urllib.parse import urlsplit

LONGEST = 50_000
"""Characters of a message that are kept; a letter of twenty pages has as many."""
LONGEST_PAGE = 500_000
"""Characters of HTML that are read at all."""

UNSEEN = {"script", "style", "head", "title", "template", "noscript", "svg", "math", "object", "iframe", "select"}
BREAKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "hr"}
WITHOUT_END = {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])", re.I)


class _Reader(HTMLParser):
    """Gathers the words that a reader would see; a link is told with where it leads."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self._unseen: list[str] = []
        self._link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        hidden = tag in UNSEEN or "hidden" in given or HIDDEN.search(given.get("style") or "")
        if tag not in WITHOUT_END and (hidden or self._unseen) and len(self._unseen) < 200:
            self._unseen.append(tag)
        if tag in BREAKS:
            self.words.append("\n")
        if tag == "a" and given.get("href"):
            self._link = (given["href"].strip(), len(self.words))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass
        if tag in BREAKS:
            self.words.append("\n")
        if tag == "a" and self._link:
            address, start = self._link
            said = "".join(self.words[start:]).strip()
            self._link = None
            if urlsplit_host(address):
                self.links.append((said, address))
                if said and address not in said:
                    self.words.append(f" ({address})")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(re.sub(r"\s+", " ", data))


def urlsplit_host(address: str) -> str:
    """Return the host of a web address in small letters, without "www."; empty when it is none.

    >>> urlsplit_host("https://www.Example.org/a"), urlsplit_host("mailto:a@example.org")
    ('example.org', '')
    """
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}" if address.startswith("www.") else "")
        return (parts.hostname or "").removeprefix("www.") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def from_html(page: str) -> tuple[str, list[tuple[str, str]]]:
    """Return what a reader would see of a page, as plain text, and its links as (words, address).

    >>> from_html("<p>Dear <b>Sir</b><script>x()</script><p>a <a href='https://example.org'>hole</a>")[0]
    'Dear Sir\\na hole (https://example.org)'
    """
    reader = _Reader()
    try:
        reader.feed(page[:LONGEST_PAGE])
        reader.close()
    except (AssertionError, ValueError, RecursionError):  # the parser of Python gives up on a few broken declarations
        pass
    return plain("".join(reader.words)), reader.links


def plain(text: str) -> str:
    """Return text without what cannot be seen or turns the line about, with at most one empty line in a row.

    >>> plain("one\\u202e\\r\\n\\r\\n\\r\\n\\r\\ntwo \\x07 three")
    'one\\n\\ntwo three'
    """
    text = text[: 2 * LONGEST].replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    seen = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in seen.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:LONGEST]


def line(text: str, longest: int = 200) -> str:
    """Return text on one line, no longer than that."""
    return re.sub(r"\s+", " ", plain(text))[:longest].strip()


QUOTED = (
    re.compile(r"^\s*(On|Ar) .{4,200}(wrote|ysgrifennodd)( \w+)?:\s*$", re.M),
    re.compile(r"^\s*-{2,}\s*(Original Message|Forwarded message|Neges wreiddiol)\s*-{2,}\s*$", re.M | re.I),
    re.compile(r"^\s*_{10,}\s*$\n\s*\*?From:", re.M),
    re.compile(r"^\s*\*?From:\*? .+\n\s*\*?(Sent|Date|To):", re.M),
)


def unquoted(text: str) -> tuple[str, str]:
    """Return (what was written now, what it quotes). What stands only in the quotation is not the writer's word.

    >>> unquoted("It is still there.\\n\\nOn Tue, 3 Mar 2026, Marchshire wrote:\\n> Thank you")
    ('It is still there.', 'On Tue, 3 Mar 2026, Marchshire wrote:\\n> Thank you')
    """
    cut = min((found.start() for pattern in QUOTED if (found := pattern.search(text))), default=len(text))
    own, rest = text[:cut], text[cut:]
    said = [row for row in own.split("\n") if not row.startswith(">")]
    quoted = [row for row in own.split("\n") if row.startswith(">")]
    written = "\n".join(said).strip()
    if not written:  # all of it is quoted: then it is what they wanted us to read
        return text.strip(), ""
    return written, "\n".join([*quoted, rest]).strip()


_WELSH = """
    yr yn mae wedi ddim diolch gyda fy ein eich nid oes roedd bydd hoffwn helo annwyl chi fod wrth sydd ond
    hefyd
"""
WELSH = frozenset(_WELSH.split())


def language(text: str) -> str:
    """Return the language a message is in, "cy" or "en", by the small words that Welsh has and English has not.

    >>> language("Annwyl Syr, mae twll yn y ffordd"), language("There is a hole in the road")
    ('cy', 'en')
    """
    words = re.findall(r"[a-zâêîôûŵŷ']+", text.lower())[:400]
    return "cy" if words and sum(word in WELSH for word in words) / len(words) >= 0.08 else "en"

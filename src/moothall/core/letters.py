"""Letters as tagged PDF (PDF/UA-1): a reader with a screen reader gets the same letter as one with paper."""

from html import escape

from markdown_it import MarkdownIt

from moothall.core.carriers import Parcel
from moothall.core.refusal import Refusal

MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink", "html_inline", "html_block"])
STYLE = """
@page { size: A4; margin: 20mm 22mm 25mm; @bottom-right { content: counter(page); font-size: 10pt } }
body { font: 12pt/1.5 "Atkinson Hyperlegible Next", "DejaVu Sans", sans-serif; color: #0b0c0c }
.window { height: 40mm; margin-top: 19mm; white-space: pre-line }
h1 { font-size: 16pt; line-height: 1.25; margin: 0 0 5mm }
h2 { font-size: 13pt; margin: 6mm 0 2mm } p { margin: 0 0 4mm } .reference { color: #383f43; font-size: 10pt }
"""
LARGE = """
@page { @bottom-right { font: 18pt "Atkinson Hyperlegible Next", "DejaVu Sans", sans-serif } }
body { font-size: 18pt; line-height: 1.6; font-weight: 500 }
.window { font-size: 12pt; line-height: 1.5; font-weight: 400 }
h1 { font-size: 24pt } h2 { font-size: 21pt } p, li { margin-bottom: 7mm } em { font-style: normal; font-weight: 700 }
.reference { font-size: 18pt; color: #0b0c0c }
"""
"""Large print: 18 points and more, nothing in italics or grey. Only the address stays small, for the envelope's window,
where postmen read it."""
PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{subject}</title>
<style>{style}</style></head><body><div class="window">{address}</div><h1>{subject}</h1>{text}
<p class="reference">{reference}</p></body></html>"""


class CannotPrint(Refusal):
    """This machine lacks what letters are drawn with. Ask its operator to run `moothall doctor`, which says what."""

    status = 503


def letter_html(parcel: Parcel) -> str:
    """Return a letter as a page: the address where a window envelope shows it, then the words, large if so asked."""
    return PAGE.format(
        language=escape(parcel.language),
        subject=escape(parcel.subject),
        style=STYLE + (LARGE if parcel.made_as == "large-print" else ""),
        address=escape(parcel.recipient),
        text=MARKDOWN.render(parcel.text),
        reference=escape(parcel.reference),
    )


def letter_pdf(parcel: Parcel) -> bytes:
    """Return a letter as PDF/UA-1. Takes about a second: call it from a job. Refuses CannotPrint."""
    return tagged_pdf(letter_html(parcel))


def tagged_pdf(html: str, style: str = "") -> bytes:
    """Return a page, with rules of style beside its own, as PDF/UA-1; asks no other host. Refuses CannotPrint."""
    try:
        from weasyprint import CSS, HTML, URLFetcher
    except OSError as missing:  # the machine lacks Pango, which pip cannot bring
        raise CannotPrint() from missing

    nothing_from_outside = URLFetcher(allowed_protocols=["data"])
    page = HTML(string=html, url_fetcher=nothing_from_outside)
    return page.write_pdf(pdf_variant="pdf/ua-1", stylesheets=[CSS(string=style)] if style else None)

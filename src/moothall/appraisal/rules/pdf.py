"""The result as tagged PDF (PDF/UA-1), where WeasyPrint is installed; it comes with the extra `server`."""

from importlib.util import find_spec


def can_write_pdf() -> bool:
    """Say whether WeasyPrint is installed here."""
    return find_spec("weasyprint") is not None


def as_pdf(page: bytes) -> bytes:
    """Return a page as PDF/UA-1; nothing is fetched from outside. Takes some seconds for a long case."""
    from weasyprint import HTML, URLFetcher

    nothing_from_outside = URLFetcher(allowed_protocols=["data"])
    return HTML(string=page.decode(), url_fetcher=nothing_from_outside).write_pdf(pdf_variant="pdf/ua-1")

"""The ways in which somebody reaches a body, in one table of words for every page. Plain Python."""

CHANNELS = {
    "phone": "Phone", "visit": "Visit", "email": "E-mail", "post": "Letter", "fax": "Fax", "sms": "Text message",
    "web": "Web", "api": "Another system", "open311": "Reporting app",
}  # fmt: skip


def some(*names: str) -> dict[str, str]:
    """Return these channels alone, in this order.

    >>> some("post", "fax")
    {'post': 'Letter', 'fax': 'Fax'}
    """
    return {name: CHANNELS[name] for name in names}

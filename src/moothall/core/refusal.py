"""A reasoned no."""


class Refusal(Exception):
    """We could not do that. Check what you entered and try again.

    A subclass lives beside the action that raises it; its docstring's first paragraph is the message
    the person sees, so it says why and what to do next. `field` names the question it is about;
    `status` is the HTTP status the interface answers with.
    """

    status = 409

    def __init__(self, message: str | None = None, *, field: str | None = None, **details):
        self.message = message or " ".join((type(self).__doc__ or "").split("\n\n")[0].split())
        self.field = field
        self.details = details
        super().__init__(self.message)

    @property
    def code(self) -> str:
        """Return a stable, machine-readable name: "slot-taken" for SlotTaken."""
        name = type(self).__name__
        return "".join(("-" + c.lower()) if c.isupper() and i else c.lower() for i, c in enumerate(name))


class NotYours(Refusal):
    """We cannot find that, or it is not yours to see. Check the address or the reference."""

    status = 404

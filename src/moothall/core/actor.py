"""Who does something: told to every action as `by`."""

from dataclasses import dataclass

KINDS = ("staff", "resident", "contact", "api", "system", "external")


@dataclass(frozen=True)
class Actor:
    """One who acts. `id` names them within the kind (account id, API key, job name); never a personal value."""

    kind: str
    id: str = ""
    body_id: int | None = None

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of actor {self.kind!r}: use one of {', '.join(KINDS)}")

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind

    @classmethod
    def system(cls, name: str, body_id: int | None = None) -> "Actor":
        """Return the platform itself, acting as the named job."""
        return cls("system", name, body_id)

    @classmethod
    def parse(cls, text: str) -> "Actor":
        """Return the actor that `str()` wrote as text."""
        kind, _, identity = text.partition(":")
        return cls(kind, identity)

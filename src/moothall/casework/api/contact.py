"""How somebody is reached and what they need, as other systems say it."""

from typing import Literal

from pydantic import BaseModel, Field, field_validator

from moothall.people import queries as people

Need = Literal[people.SAID]
"""What somebody can say they need, as kind and value."""


class Contact(BaseModel):
    """How to reach the person, as far as they want to be reached, and what makes it easier for them."""

    name: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=200, examples=["ann@example.org"])
    phone: str = Field(default="", max_length=40)
    postcode: str = Field(default="", max_length=10)
    safe: Literal["", "write", "ring", "no"] = Field(
        default="", description="For urgent help: whether it is safe to write, or only to ring; empty counts as no"
    )
    when: str = Field(default="", max_length=200, description="For urgent help: when it is safe to ring")
    address: str = Field(default="", max_length=300, description="For letters on paper: three to six lines")
    needs: list[Need] = Field(
        default=[],
        max_length=12,
        description="What makes it easier for the person; it goes with this request to those who deal with it",
    )

    @field_validator("address")
    @classmethod
    def has_lines(cls, address: str) -> str:
        """Refuse an address that no letter could be sent to."""
        lines = [line.strip() for line in address.splitlines() if line.strip()]
        if lines and not 3 <= len(lines) <= 6:
            raise ValueError("write the address on three to six lines, the last of them the postcode")
        return "\n".join(lines)

    def kept(self) -> dict[str, str]:
        """Return the contact as cases keep it, without what is empty."""
        given = self.model_dump(exclude_defaults=True, exclude={"needs"})
        return given | ({"needs": ",".join(self.needs)} if self.needs else {})

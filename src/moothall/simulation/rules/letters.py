"""What people of the invented county write to their councils, so that an adviser finds something in the inbox."""

from dataclasses import dataclass
from email.message import EmailMessage

MARCHSHIRE, ASHBY = 1, 2


@dataclass(frozen=True)
class Written:
    """One e-mail: to which body, from whom, about what; how many hours ago it came."""

    body_id: int
    name: str
    address: str
    subject: str
    text: str
    hours: int

    def raw(self) -> bytes:
        """Return it as it comes."""
        made = EmailMessage()
        made["From"] = f'"{self.name}" <{self.address}>'
        made["Subject"] = self.subject
        made["Message-ID"] = f"<{self.hours}.{self.body_id}@letters.example>"
        made.set_content(self.text)
        return made.as_bytes()


LETTERS = (
    Written(
        MARCHSHIRE, "Rosa Whitlow", "rosa.whitlow@example.org", "Deep hole in Mill Lane",
        "Hello,\n\nthere is a deep pothole in the road outside 14 Mill Lane, Ashby. My bicycle wheel went in this "
        "morning. Please mend it before somebody falls.\n\nRosa Whitlow\n01632 960 414", 52,
    ),
    Written(
        MARCHSHIRE, "Siân Prydderch", "sian.prydderch@example.org", "Golau stryd",
        "Annwyl Syr neu Fadam,\n\nmae golau stryd wedi diffodd yn Mill Lane, Ashby, ac mae hi yn dywyll iawn gyda'r "
        "nos.\n\nDiolch,\nSiân Prydderch", 27,
    ),
    Written(
        MARCHSHIRE, "Marchshire Payments", "help@moothall.example", "Your account is suspended",
        "Your account will be closed today. Sign in at https://pay.example.net to keep it.", 20,
    ),
    Written(
        ASHBY, "Tom Harcastle", "tom.harcastle@example.org", "Bin not emptied again",
        "Dear council,\n\nour grey bin at 14 Mill Lane, Ashby was not emptied on its day, the second time this month.\n"
        "\nTom Harcastle\n07700 900 515", 30,
    ),
    Written(
        ASHBY, "Priti Lowick", "priti.lowick@example.org", "Opening times",
        "Good morning,\n\nis the one-stop shop open on Saturday, and can I bring my grandmother, who uses a wheelchair?"
        "\n\nKind regards,\nPriti Lowick", 5,
    ),
)  # fmt: skip
"""Oldest first for each body; people and addresses are invented."""

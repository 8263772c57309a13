"""What a line of a file is once it was checked."""

from dataclasses import dataclass

from moothall.onboarding.rules.lines import Line, Report

HERE, ALIKE = "here already", "alike"
SOME = 250
"""Lines that are checked together, and taken in by one transaction."""


@dataclass
class Judged:
    """What a line is: something to be taken in, something here already, or `wrong`, which says why it is neither.

    `item` is what the file says, as its chapter takes it; `checked` what came of checking it there. `is_alike` says
    that it looks like somebody who is here.
    """

    number: int
    item: object = None
    checked: object = None
    what: str = ""
    wrong: str = ""
    is_alike: bool = False

    def tell(self, report: Report) -> None:
        """Count the line in a report."""
        report.lines += 1
        if self.wrong:
            report.problems.append((self.number, self.wrong))
        else:
            report.count(self.what)
        if self.is_alike:
            report.count(ALIKE)

    def refuse(self, why: str) -> None:
        """Note that it is not taken in, and why."""
        self.item, self.wrong = None, why

    def pass_over(self) -> None:
        """Note that it is here already."""
        self.item, self.what = None, HERE


class Numbers:
    """The numbers that stood on the lines of a file so far; each may stand there once."""

    def __init__(self):
        self._seen: set[str] = set()

    def pass_by(self, line: Line) -> None:
        """Remember the number of a line that was gone through before."""
        self._seen.add(str(line.given.get("number") or "").strip())

    def is_first(self, number: str) -> bool:
        """Return whether a number stands there for the first time, and remember it."""
        if number in self._seen:
            return False
        self._seen.add(number)
        return True

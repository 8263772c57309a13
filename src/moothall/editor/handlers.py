"""What the editor answers to what is asked of every chapter."""

from moothall.core import personal, ports, succession
from moothall.core.succession import stays

personal.free("editor_opinion", "words", why="what colleagues say of a service's wording; it concerns nobody's data")


@ports.succession.answer()
def passes_on() -> succession.Chapter:
    """What is being written is begun anew by the successor, from what is published."""
    return succession.Chapter(
        fates={
            "editor_draft": succession.changes(
                "a service that is being written is given up; the successor begins anew from what is published",
                "t.state in ('writing', 'asked', 'agreed')", state="'dropped'", changed_at="%(at)s::timestamptz",
            ),
            "editor_saving": stays("how a service came to be written so"),
            "editor_opinion": stays("what colleagues said of what was written"),
        }
    )  # fmt: skip

"""Pages found beside services: what we answer without a request, and what another public body does."""

from typing import Annotated, ClassVar

from pydantic import Field, ValidationError, model_validator

from moothall.catalogue.rules.definition import Synonyms
from moothall.catalogue.rules.load import BadDefinition, Problem, read_yaml
from moothall.catalogue.rules.texts import Part, Text


class Page(Part):
    """A page of ours (`page`), or a signpost to the body named in `by` (`link`)."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
    title: Text
    summary: Text
    topics: tuple[str, ...] = Field(min_length=1)
    synonyms: Synonyms
    page: Annotated[str, Field(pattern=r"^/[a-z/-]*/$")] | None = None
    link: Annotated[str, Field(pattern=r"^https://")] | None = None
    by: Text | None = None

    questions: ClassVar[tuple] = ()
    """None is asked; the search looks for them in whatever it finds."""

    @model_validator(mode="after")
    def _one_way(self):
        if (self.page is None) == (self.link is None) or (self.link is None) != (self.by is None):
            raise ValueError("either `page`, or `link` and `by`")
        return self

    @property
    def url(self) -> str:
        """Where it leads."""
        return self.page or self.link

    @property
    def definition(self) -> "Page":
        """Itself: lists show its title and summary as those of a service's definition."""
        return self


def load_pages(text: str, topics, services) -> list[Page]:
    """Return the pages of a pages.yaml by English title; raises BadDefinition.

    `topics` and `services` are the names that exist: a page has topics of those, and takes no service's name.
    """
    node = read_yaml(text, "pages.yaml")
    found, problems = [], []
    for name, given in node.items():
        line = node.lc.key(name)[0] + 1
        try:
            page = Page.model_validate({"id": name, **given})
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            problems.append(Problem("pages.yaml", line, f"`{name}` {where}: {first['msg']}", "it as the others are"))
            continue
        unknown = [topic for topic in page.topics if topic not in topics]
        if unknown or name in services:
            what = f"there is no topic `{unknown[0]}`" if unknown else f"`{name}` is a service"
            problems.append(Problem("pages.yaml", line, what, "another name"))
        found.append(page)
    if problems:
        raise BadDefinition(problems)
    return sorted(found, key=lambda page: page.title.en.lower())

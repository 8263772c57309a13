"""Words for the public, always in English and in Welsh."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
LANGUAGES = ("en", "cy")


class Part(BaseModel):
    """A piece of a definition: unknown words are refused, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Text(Part):
    """What the public reads, in both languages."""

    en: Words
    cy: Words

    def in_(self, lang):
        """Return the words in a language, English when there are none in it."""
        return getattr(self, lang, None) or self.en

    def __str__(self):
        return self.en


def all_texts(part, lang="en"):
    """Yield all that the public reads in one language in a definition, a page, an event, or any piece of one."""
    if isinstance(part, Text):
        yield part.in_(lang)
    elif isinstance(part, BaseModel):
        yield from all_texts([getattr(part, name) for name in type(part).model_fields], lang)
    elif isinstance(part, dict):
        yield from all_texts(list(part.values()), lang)
    elif isinstance(part, list | tuple):
        for one in part:
            yield from all_texts(one, lang)

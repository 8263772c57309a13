"""What appraisal says of its rows: what they hold about people, what goes with a body, what becomes of them."""

from django.conf import settings
from django.urls import reverse

from moothall.appraisal.queries import cases
from moothall.core import personal
from moothall.core.belongings import Share, part_of, stays
from moothall.core.clock import local
from moothall.core.ports import belongings, closed_appraisals, succession
from moothall.core.succession import Chapter, moves
from moothall.core.succession import stays as stays_put

for table, columns, why in (
    ("appraisal_case", ("document", "title"), "figures and words of public bodies; people stand in them by their post"),
    ("appraisal_change", ("path", "before", "after", "why"), "figures and words of public bodies, by post"),
    ("appraisal_evidence", ("title", "address"), "a document of a public body"),
    ("appraisal_edition", ("title", "document", "result", "withheld"), "published by a public body, by post"),
    ("appraisal_withheld", ("path", "value"), "figures of a public body or of a bidder"),
    ("appraisal_fork", ("figures", "swings", "result"), "numbers only; nobody writes a word in a fork"),
):
    personal.free(table, *columns, why=why)


@closed_appraisals.answer()
def closed(body_id: int) -> list[dict]:
    """Return the closed appraisals that a body has published: the newest edition of each."""
    return [
        {
            "key": f"{one.slug}/{one.number}",
            "title": f"{one.title}, edition {one.number}",
            "closed_on": local(one.published_at).date(),
            "in_house": any(option["model"] == "in-house" for option in one.document["options"].values()),
            "address": settings.MOOTHALL_ADDRESS + reverse("appraisal:edition", args=[one.slug, one.number]),
        }
        for one in cases.published()
        if one.closed and one.body_id == body_id
    ]


@belongings.answer()
def goes_along() -> dict[str, Share]:
    """A case goes with each body that writes it, with its history; its editions go with it."""
    mine = Share("%(body)s = any(author_ids)", "appraisals that the body writes, alone or with others")
    editions = part_of("appraisal_case", mine, "case_id")
    return {
        "appraisal_case": mine,
        "appraisal_change": part_of("appraisal_case", mine, "case_id"),
        "appraisal_evidence": part_of("appraisal_case", mine, "case_id"),
        "appraisal_edition": editions,
        "appraisal_withheld": part_of("appraisal_edition", editions, "edition_id"),
        "appraisal_fork": stays("what others made of an appraisal, at addresses of their own, until they expire"),
    }


@succession.answer()
def passes_on() -> Chapter:
    """What somebody is writing goes on with the successor; what was published stays with the day it was said on."""
    authors = (
        "array(select distinct case when x = t.body_id then h.heir else x end from unnest(t.author_ids) x order by 1)"
    )
    said = stays_put("what was filed and published then, by the body of then")
    return Chapter(
        fates={
            "appraisal_case": moves("an appraisal that somebody is writing", author_ids=authors),
            **dict.fromkeys(
                ("appraisal_change", "appraisal_edition", "appraisal_evidence", "appraisal_withheld"), said
            ),
        }
    )

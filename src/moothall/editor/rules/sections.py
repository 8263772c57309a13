"""The parts of a definition as the editor shows them: which words are on which page, and what is a list of its own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One page of forms: the words of the definition on it, or the list that it keeps (`entries`)."""

    code: str
    title: str
    hint: str
    words: tuple[str, ...] = ()
    entries: bool = False


SECTIONS = {
    one.code: one
    for one in (
        Section("about", "What it is", "Title, summary, who can ask, what to have ready, other ways to ask.",
                ("title", "summary", "who", "danger", "needs", "sign_in", "contact", "other_ways", "notes")),
        Section("found", "How it is found", "Topics, the words that people use, related services.",
                ("topics", "synonyms", "related", "lgsl", "schema_org")),
        Section("law", "Law and who does it", "The duty, the lawful basis, how long requests are kept.",
                ("done_by", "basis")),
        Section("ask", "Questions", "What is asked, in which order, and only if what.", entries=True),
        Section("leaves_open", "What a body may set", "Figures and words of its own, with limits.", entries=True),
        Section("promise", "Promise and fee", "By when it is done, and what it costs.", ("promise", "fee")),
        Section("steps", "Steps", "Who does what, after what, how soon.", entries=True),
        Section("outcomes", "Outcomes", "How a request may end; the last has no condition.", entries=True),
        Section("messages", "Messages", "Which letter goes out when; the first whose condition holds.", ("messages",)),
        Section("more", "Doubles and reviews", "What counts as the same thing; having a decision looked at again.",
                ("duplicates", "review")),
    )
}  # fmt: skip
QUESTIONS = {
    "place": "A place outdoors", "address": "An address", "choice": "Choose one", "many": "Choose any number",
    "text": "A line of words", "long-text": "A few sentences", "number": "A number", "money": "An amount of money",
    "date": "A day", "yes-no": "Yes or no", "file": "Photos or documents", "person": "A person",
    "organisation": "An organisation", "vehicle": "A vehicle", "declaration": "Words to agree to",
}  # fmt: skip
_TWO = {"en": "…", "cy": "…"}


def node_of(schema: dict, section: Section, value=None) -> dict:
    """Return what the JSON Schema says of a page's words, or of one entry of its list (a plain `value`)."""
    if not section.entries:
        return {
            "properties": {name: schema["properties"][name] for name in section.words},
            "required": schema["required"],
        }
    inner = next(iter(schema["properties"][section.code]["patternProperties"].values()))
    if section.code == "ask":
        kind = (value or {}).get("type", "text")
        return {"$ref": inner["discriminator"]["mapping"].get(kind, inner["discriminator"]["mapping"]["text"])}
    if section.code == "steps":
        step = schema["$defs"]["Step"]
        return step | {
            "properties": {name: _WITH if name == "with" else node for name, node in step["properties"].items()}
        }
    return inner


_WITH = {
    "type": "object",
    "properties": {
        "task": {"type": "string"},
        "team": {"type": "string"},
        "options": {"type": "object", "patternProperties": {"": {"$ref": "#/$defs/Text"}}},
    },
}


def fitting(schema: dict, value: dict) -> dict:
    """Return a question without the words that its kind does not know: what is left when its kind was changed."""
    known = schema["$defs"][node_of(schema, SECTIONS["ask"], value)["$ref"].rpartition("/")[2]]["properties"]
    return {name: inner for name, inner in value.items() if name in known}


def begun(section: Section, kind: str) -> dict:
    """Return a new entry of a list, to be filled in."""
    if section.code == "ask":
        more = {}
        if kind in ("choice", "many"):
            more = {"options": {"one": {"en": "One", "cy": "Un"}, "other": {"en": "Another", "cy": "Un arall"}}}
        if kind == "declaration":
            more = {"words": {"en": "I agree", "cy": "Rwy'n cytuno"}}
        return {"type": kind, "label": dict(_TWO)} | more
    if section.code == "steps":
        return {"by": "casework.task", "title": dict(_TWO), "within": {"working_days": 5},
                "with": {"task": "…", "team": "contact-centre"}}  # fmt: skip
    if section.code == "leaves_open":
        return {"type": "number", "label": "…", "default": 5, "least": 1, "most": 20}
    return {"title": dict(_TWO)}

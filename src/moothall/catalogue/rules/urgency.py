"""What an urgent referral must not do: cost, be published, be another team's work, ask to sign in."""


def faults(definition):
    """Yield (path, what is wrong, what to write) for each; nothing for a service that is no urgent referral."""
    if definition.urgent is None:
        return
    yield from _rung(definition)
    yield from _done_by_its_team(definition)
    for word, why in (("fee", "costs nothing"), ("duplicates", "is published nowhere")):
        if getattr(definition, word):
            yield ((word,), f"an urgent referral {why}", f"it without `{word}`")
    if definition.sign_in == "needed":
        yield (("sign_in",), "an urgent referral asks nobody to sign in", "sign_in: not needed")
    if definition.contact.needed:
        yield (("contact", "needed"), "an urgent referral is taken from whoever cannot be reached", "needed: false")
    for name, question in definition.ask.items():
        if getattr(question, "published", False):
            yield (("ask", name, "published"), "an urgent referral publishes nothing", "it without `published`")


def _rung(definition):
    for word, kind in definition.urgent.settings.items():
        name = getattr(definition.urgent, word).removeprefix("body.")
        if name not in definition.leaves_open or definition.leaves_open[name].type != kind:
            yield (("urgent", word), f"`{name}` is no setting of type `{kind}`", f"`{name}` under leaves_open")


def _done_by_its_team(definition):
    urgent = definition.urgent
    for name, step in definition.steps.items():
        team = step.using.get("team")
        if step.human and team != urgent.team:
            write = f"team: {urgent.team}"
            yield (("steps", name), f"only `{urgent.team}` sees this, and `{team}` would do it", write)
        if step.human and not step.within:
            yield (("steps", name), "work on an urgent referral has a clock", "within: {hours: 2}")

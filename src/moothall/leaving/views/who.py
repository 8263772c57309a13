"""Who opens the pages of leaving, and who does what on them; row security decides what is on the pages."""

from moothall.core.guard import staff

READERS = (
    "manager", "partnership-office", "monitoring-officer", "councillor", "section-151-officer", "finance",
    "information-governance", "scrutiny-officer", "union-representative", "auditor",
)  # fmt: skip
DECIDERS = ("monitoring-officer", "councillor")
ARRANGERS = ("manager", "partnership-office", "monitoring-officer")
KEEPERS = ("monitoring-officer", "information-governance")

readers, deciders, arrangers, keepers = staff(*READERS), staff(*DECIDERS), staff(*ARRANGERS), staff(*KEEPERS)

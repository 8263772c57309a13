"""What the catalogue answers to what is asked of every chapter."""

from moothall.core import ports
from moothall.core.belongings import Share, published


@ports.belongings.answer("catalogue_service", "catalogue_version")
def goes_along() -> dict[str, Share]:
    """Definitions are published: a case keeps the version that it began with, wherever it goes."""
    share = published("the definitions of services, in all versions")
    return {"catalogue_service": share, "catalogue_version": share}

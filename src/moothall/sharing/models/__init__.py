"""What sharing keeps."""

from moothall.sharing.models.adoptions import Adoption, Agreement, DateRange

__all__ = ["Adoption", "Agreement", "DateRange"]

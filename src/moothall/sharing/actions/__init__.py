"""What bodies do with each other: draw services down, agree on desks."""

from moothall.sharing.actions.adoptions import (
    AlreadyAdopted,
    DeskOfOwn,
    NotAdopted,
    ParametersWrong,
    adopt,
    agree_desk,
    end_adoption,
)

__all__ = ["AlreadyAdopted", "DeskOfOwn", "NotAdopted", "ParametersWrong", "adopt", "agree_desk", "end_adoption"]

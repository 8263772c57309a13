"""What people write on the pages of a case."""

from moothall.appraisal.forms.acts import BeginForm, EvidenceForm, LetInForm, PublishForm, SealForm, WhyForm
from moothall.appraisal.forms.forks import ForkForm
from moothall.appraisal.forms.live import LiveForm
from moothall.appraisal.forms.places import AddForm, PlaceForm

__all__ = [
    "AddForm",
    "BeginForm",
    "EvidenceForm",
    "ForkForm",
    "LetInForm",
    "LiveForm",
    "PlaceForm",
    "PublishForm",
    "SealForm",
    "WhyForm",
]

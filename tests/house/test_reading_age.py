"""What the public reads is read with ease: no sentence goes on and on, and no text asks for long schooling."""

import pytest
from django.conf import settings
from tests.house.test_welsh import FILES, NAMES, texts

from moothall.catalogue import queries
from moothall.catalogue.rules import life
from moothall.catalogue.rules.reading_age import OLDEST, reading_age, too_long
from moothall.catalogue.rules.report import public_texts

FOLDERS = sorted(path.parent for path in settings.SERVICES.glob("*/service.yaml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_service_reads_with_ease(folder):
    said = public_texts(queries.from_folder(folder))
    assert too_long(said) == []
    assert reading_age(said) <= OLDEST


def test_the_pages_beside_services_read_with_ease():
    services = {folder.name: queries.from_folder(folder) for folder in FOLDERS}
    events = life.load_life_events((settings.SERVICES / life.FILE).read_text(), services)
    said = [text for page in [*queries.pages(), *events.values()] for text in public_texts(page)]
    assert too_long(said) == []
    assert reading_age(said) <= OLDEST


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_the_public_pages_of_a_chapter_read_with_ease(path):
    """What is there in Welsh is what the public reads."""
    said = list(texts(path))
    assert too_long(said) == []
    assert reading_age(said) <= OLDEST

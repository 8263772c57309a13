"""An archive that came as one file is unpacked, and what is no archive is refused before anything is written."""

import stat
import zipfile

import pytest

from moothall.leaving.queries import unpacking
from moothall.leaving.queries.unpacking import NotAnArchive, opened

WHOLE = {"borley/SHA256SUMS": "", "borley/rows/a.jsonl": "{}\n"}


@pytest.fixture
def packed(tmp_path):
    """Return a function that packs names and texts into a file."""

    def pack(names, change=None):
        path = tmp_path / "borley.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name, text in names.items() if isinstance(names, dict) else names:
                entry = zipfile.ZipInfo(name)
                entry.compress_type = zipfile.ZIP_DEFLATED
                if change:
                    change(entry)
                file.writestr(entry, text)
        return path

    return pack


def test_a_whole_one_is_given_as_its_folder_and_nothing_is_left_behind(packed, tmp_path):
    data = tmp_path / "data"
    with opened(packed(WHOLE), data) as folder:
        assert (folder / "rows" / "a.jsonl").read_text() == "{}\n"
        assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert list(data.iterdir()) == []
    with opened(tmp_path, data) as folder:
        assert folder == tmp_path


@pytest.mark.parametrize("name", ["../out", "/etc/out", "borley/../../out", "borley\\..\\out", "out"])
def test_a_name_that_leads_out_of_its_folder_is_refused(packed, tmp_path, name):
    archive = packed(WHOLE | {name: "x"})
    with pytest.raises(NotAnArchive, match="leads out"), opened(archive, tmp_path / "in"):
        pass
    assert not (tmp_path / "out").exists()
    assert list((tmp_path / "in").iterdir()) == []


def test_a_link_and_a_name_that_comes_twice_are_refused(packed, tmp_path):
    def link(entry):
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16

    with pytest.raises(NotAnArchive, match="is a link"), opened(packed(WHOLE, link), tmp_path / "in"):
        pass
    with pytest.warns(UserWarning, match="Duplicate"):
        archive = packed([*WHOLE.items(), *WHOLE.items()])
    with pytest.raises(NotAnArchive, match="comes twice"), opened(archive, tmp_path / "in"):
        pass


def test_what_unpacks_to_far_more_than_was_packed_is_refused(packed, tmp_path):
    archive = packed(WHOLE | {"borley/rows/b.jsonl": "0" * 60_000_000})
    assert archive.stat().st_size < 100_000
    with pytest.raises(NotAnArchive, match="times its size"), opened(archive, tmp_path / "in"):
        pass


def test_what_there_is_no_room_for_is_refused(packed, tmp_path, monkeypatch):
    full = type("Usage", (), {"free": 1})
    monkeypatch.setattr(unpacking.shutil, "disk_usage", lambda _path: full)
    with pytest.raises(NotAnArchive, match="Make room"), opened(packed(WHOLE), tmp_path / "in"):
        pass


def test_a_broken_file_another_one_and_none_are_refused_in_words(packed, tmp_path):
    archive = packed(WHOLE | {"borley/rows/b.jsonl": "abc" * 9_000})
    whole = archive.read_bytes()
    middle = whole.index(b"b.jsonl") + 30
    for content in (whole[:-40], b"hello", whole[:middle] + b"\0\0\0" + whole[middle + 3 :]):
        archive.write_bytes(content)
        with pytest.raises(NotAnArchive, match="Download it again"), opened(archive, tmp_path / "in"):
            pass
    with pytest.raises(NotAnArchive, match="holds no archive"), opened(packed({"a/b": "c"}), tmp_path / "in"):
        pass
    with pytest.raises(NotAnArchive, match="is not there"), opened(tmp_path / "none.zip", tmp_path / "in"):
        pass

"""A service as its files: service.yaml, examples.yaml and the letters, by their paths, as text that nothing changes."""

from pathlib import Path

DEFINITION, EXAMPLES = "service.yaml", "examples.yaml"


def paths(folder):
    """Return the paths of a service's files below its folder: what else lies there is no part of it."""
    folder = Path(folder)
    letters = sorted((folder / "letters").glob("*.md"))
    return [path for path in (folder / DEFINITION, folder / EXAMPLES, *letters) if path.is_file()]


def read(folder):
    """Return {path: text} of a service's folder, to the last byte; empty where there is no folder.

    Raises UnicodeDecodeError for a file that is not UTF-8.
    """
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in paths(folder)}


def write(folder, files):
    """Write a service's files into a folder, to the last byte; remove files of a service that are not among them."""
    folder = Path(folder)
    for path in paths(folder):
        if path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

"""Changes to one part of a YAML text: everything else stays to the last byte, and so do the comments within.

A part is named by its path: ("ask", "where"). The part is changed in the tree that ruamel.yaml keeps with all comments,
written out alone, and put into the place of its lines. Where that cannot be done (a part within braces), the nearest
part that has lines of its own is written out.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import LiteralScalarString

SHORT = 100
"""Characters up to which a part of a few words stands within braces on one line."""


class CannotRewrite(ValueError):
    """The text cannot be changed here: it is no YAML, or the part is not there. The message says what to do."""


def read(text: str) -> dict:
    """Return what a text holds as plain values; raises CannotRewrite where it is no YAML mapping."""
    return plain(_tree(text))


def put(text: str, path: tuple, value) -> str:
    """Return the text with a plain value at a path, added at the end of its parent where it is new.

    What is the same in a mapping stays as it is written. Raises CannotRewrite.
    """

    def change(parent):
        parent[path[-1]] = _merged(parent.get(path[-1]), value)

    return _rewritten(text, path, change)


def take_out(text: str, path: tuple) -> str:
    """Return the text without the part at a path, and without the comments right above it. Raises CannotRewrite."""
    return _rewritten(text, path, lambda parent: parent.pop(path[-1]))


def rename(text: str, path: tuple, name: str) -> str:
    """Return the text with a part under another name, in its place. Raises CannotRewrite."""
    lines, found = text.splitlines(keepends=True), _find(_tree(text), path, text)
    if found is None or found.start is None:
        raise CannotRewrite("This part has no line of its own. Rename it in the text.")
    if name in found.parent:
        raise CannotRewrite("There is one of that name already. Choose another name.")
    line, old = lines[found.key_line], str(path[-1])
    column = found.column
    if not line[column:].startswith(old + ":"):
        raise CannotRewrite("Its name is written in an unusual way. Rename it in the text.")
    lines[found.key_line] = line[:column] + name + line[column + len(old) :]
    return "".join(lines)


def move(text: str, path: tuple, by: int) -> str:
    """Return the text with a part one place up (`by` -1) or down (1) among its siblings, with the comments above it.

    The first cannot go up, nor the last down: nothing changes then. Raises CannotRewrite.
    """
    tree = _tree(text)
    found = _find(tree, path, text)
    if found is None or found.start is None:
        raise CannotRewrite("This part has no lines of its own. Move it in the text.")
    names = list(found.parent)
    place = names.index(path[-1]) + by
    if not 0 <= place < len(names):
        return text
    other = _find(tree, (*path[:-1], names[place]), text)
    first, second = (other, found) if by < 0 else (found, other)
    lines = _whole_lines(text)
    swapped = [*lines[: first.start], *lines[second.start : second.end], *lines[first.start : second.start]]
    made = "".join([*swapped, *lines[second.end :]])
    if not _says(made, tree):
        raise CannotRewrite("One of the two refers to the other. Move it in the text.")
    return made


def plain(node):
    """Return plain values of a tree."""
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    return next((kind(node) for kind in (int, float, str) if isinstance(node, kind)), node)


@dataclass(frozen=True)
class _Found:
    """Where a part stands: its parent, the line and column of its name, and its lines with the comments above.

    `start` is None where it has no lines of its own; `body_end` leaves out comments and blank lines at its end.
    """

    parent: CommentedMap
    key_line: int
    column: int
    start: int | None
    end: int
    body_end: int


def _yaml() -> YAML:
    made = YAML(typ="rt")
    made.width, made.preserve_quotes, made.allow_unicode = 10**9, True, True
    made.indent(mapping=2, sequence=4, offset=2)
    return made


def _tree(text: str) -> CommentedMap:
    try:
        tree = _yaml().load(text)
    except (YAMLError, RecursionError, ValueError) as error:
        raise CannotRewrite("The definition is no YAML as it stands. Mend it in the text first.") from error
    if not isinstance(tree, CommentedMap):
        raise CannotRewrite("The definition is no list of names and values. Mend it in the text first.")
    return tree


def _written(tree) -> str:
    out = io.StringIO()
    _yaml().dump(tree, out)
    return out.getvalue()


def _rewritten(text: str, path: tuple, change: Callable) -> str:
    """Change a tree and write out only the part that changed."""
    tree = _tree(text)
    parent = tree
    for name in path[:-1]:
        if not isinstance(parent, (CommentedMap, CommentedSeq)) or not _has(parent, name):
            raise CannotRewrite("That part is not there any more. Open the draft again.")
        parent = parent[name]
    before, was_there = plain(parent), _has(parent, path[-1])
    try:
        change(parent)
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise CannotRewrite("That part is not there any more. Open the draft again.") from error
    if plain(parent) == before and list(parent) == list(before):
        return text
    old = _tree(text)
    made = _spliced(text, _unit(old, path), old, tree, was_there and not _has(parent, path[-1]))
    return _sure(made, tree)


def _has(node, name) -> bool:
    return name in node if isinstance(node, dict) else isinstance(name, int) and 0 <= name < len(node)


def _sure(made: str, tree) -> str:
    """Return the text if it holds what the tree does; else the tree written out whole."""
    return made if _says(made, tree) else _written(tree)


def _says(made: str, tree) -> bool:
    """Tell whether a text holds what a tree does, in whatever order."""
    try:
        return plain(_tree(made)) == plain(tree)
    except CannotRewrite:
        return False


def _unit(old, path: tuple) -> tuple:
    """Return the longest beginning of a path at which lines can be taken away or put."""
    for length in range(len(path), 1, -1):
        parent = old
        for name in path[: length - 1]:
            parent = parent[name] if isinstance(parent, CommentedMap) and name in parent else None
        if (
            isinstance(parent, CommentedMap)
            and not parent.fa.flow_style()
            and parent
            and _in_block(old, path[: length - 1])
        ):
            return path[:length]
    return path[:1]


def _in_block(tree, path) -> bool:
    for name in path:
        tree = tree[name]
        if not isinstance(tree, CommentedMap) or tree.fa.flow_style():
            return False
    return True


def _spliced(text: str, unit: tuple, old, tree, is_gone: bool) -> str:
    """Return the text with the lines of one part as the tree has it now, put in, changed or taken out."""
    lines = _whole_lines(text)
    found = _find(old, unit, text)
    parent = tree
    for name in unit[:-1]:
        parent = parent[name]
    if not _has(parent, unit[-1]):
        if not is_gone or found is None:
            return text
        return "".join([*lines[: found.start], *lines[found.end :]]) if len(parent) else _written(tree)
    block = _block(parent, unit)
    if found is not None:
        return "".join([*lines[: found.key_line], block, *lines[found.body_end :]])
    end = _find(old, unit[:-1], text).body_end if len(unit) > 1 else len(lines)
    return "".join([*lines[:end], block, *lines[end:]])


def _block(parent: CommentedMap, unit: tuple) -> str:
    """Return the lines of one part, written out alone at its own depth, without comments after its end."""
    outer = inner = CommentedMap()
    for name in unit[:-1]:
        inner[name] = CommentedMap()
        inner = inner[name]
    inner[unit[-1]] = parent[unit[-1]]
    if unit[-1] in parent.ca.items:
        inner.ca.items[unit[-1]] = parent.ca.items[unit[-1]]
    lines = _written(outer).splitlines(keepends=True)[len(unit) - 1 :]
    while len(lines) > 1 and _is_aside(lines[-1]):
        lines.pop()
    return "".join(lines)


def _is_aside(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _whole_lines(text: str) -> list[str]:
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return lines


def _find(tree, path: tuple, text: str) -> _Found | None:
    """Return where a part stands; None where it is not there."""
    parent = tree
    for name in path[:-1]:
        if not isinstance(parent, CommentedMap) or name not in parent:
            return None
        parent = parent[name]
    if not isinstance(parent, CommentedMap) or path[-1] not in parent:
        return None
    if not _in_block(tree, path[:-1]) or parent.fa.flow_style() or path[-1] not in (parent.lc.data or {}):
        return _Found(parent, 0, 0, None, 0, 0)
    line, column = parent.lc.key(path[-1])
    lines = _whole_lines(text)
    end = _end(tree, path, lines)
    body_end = end
    while body_end - 1 > line and _is_aside(lines[body_end - 1]):
        body_end -= 1
    return _Found(parent, line, column, _start(lines, line, column), end, body_end)


def _start(lines: list[str], line: int, column: int) -> int:
    """Return the first line of a part with the comments right above it."""
    while lines and line > 0 and lines[line - 1].startswith(" " * column + "#"):
        line -= 1
    return line


def _end(tree, path: tuple, lines: list[str]) -> int:
    """Return the line after a part: where its next sibling starts, or where its parent ends."""
    parent = tree
    for name in path[:-1]:
        parent = parent[name]
    names = list(parent)
    place = names.index(path[-1])
    if place + 1 < len(names):
        return _start(lines, *parent.lc.key(names[place + 1]))
    return _end(tree, path[:-1], lines) if len(path) > 1 else len(lines)


def _merged(node, value):
    """Return a node that holds a plain value, keeping how the parts that stay the same are written."""
    if node is not None and plain(node) == value and type(plain(node)) is type(value):
        return node
    if isinstance(node, CommentedMap) and isinstance(value, dict):
        for gone in [name for name in node if name not in value]:
            del node[gone]
        for name, inner in value.items():
            node[name] = _merged(node.get(name), inner)
        if list(node) != list(value):
            for name in value:
                node.move_to_end(name)
        return node
    return _styled(value)


def _styled(value):
    """Return a new node as we would write it: short parts within braces, texts of several lines as such."""
    if isinstance(value, dict):
        node = CommentedMap((name, _styled(inner)) for name, inner in value.items())
        is_short = len(str(value)) <= SHORT or set(value) <= {"en", "cy", "hint"}
        if value and is_short and not _has_lines(value):
            node.fa.set_flow_style()
        return node
    if isinstance(value, (list, tuple)):
        node = CommentedSeq(_styled(inner) for inner in value)
        if all(not isinstance(inner, (dict, list)) for inner in value):
            node.fa.set_flow_style()
        return node
    if isinstance(value, str) and "\n" in value:
        return LiteralScalarString(value if value.endswith("\n") else value + "\n")
    return value


def _has_lines(value) -> bool:
    if isinstance(value, dict):
        return any(_has_lines(inner) for inner in value.values())
    return isinstance(value, str) and "\n" in value

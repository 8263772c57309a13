"""
Merkle trees as in RFC 6962, section 2.1: one root commits to every leaf and to their order.

Leaves are hashed with a 0 byte in front, inner nodes with a 1 byte, so that neither can pass for the other.
A tree only ever grows; a `Frontier` keeps the few hashes that are needed to grow it, at most one per bit of its size.
Plain Python: the stand-alone verifier reads this file and no framework.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of one leaf with this content."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two nodes; which is left and which is right matters."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """
    A growing tree, remembered by the roots of its complete subtrees, the largest first.

    >>> tree = Frontier()
    >>> for content in (b"opened", b"inspected", b"mended"):
    ...     tree.push(leaf_hash(content))
    >>> tree.size, tree.root() == root([leaf_hash(c) for c in (b"opened", b"inspected", b"mended")])
    (3, True)
    """

    __slots__ = ("peaks", "size")

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()):
        if len(peaks) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} complete subtrees, not {len(peaks)}")
        self.size = size
        self.peaks = list(peaks)

    def push(self, leaf: bytes) -> None:
        """Add the hash of one leaf on the right."""
        peaks, size = self.peaks, self.size
        while size & 1:
            leaf = sha256(b"\x01" + peaks.pop() + leaf).digest()
            size >>= 1
        peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the root over all leaves so far; of no leaves, the hash of nothing."""
        if not self.peaks:
            return EMPTY
        *rest, above = self.peaks
        for peak in reversed(rest):
            above = node_hash(peak, above)
        return above


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the root over the hashes of leaves, in their order."""
    tree = Frontier()
    for leaf in leaves:
        tree.push(leaf)
    return tree.root()


def inclusion_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """
    Return the audit path of the leaf at `index` (RFC 6962, 2.1.1), lowest first: the hashes that a reader who holds
    only the leaf and the root needs to be convinced. Raises IndexError for a leaf that is not in the tree.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"leaf {index} is not in a tree of {len(leaves)}")
    start, end, path = 0, len(leaves), []
    while end - start > 1:
        middle = start + (1 << ((end - start - 1).bit_length() - 1))
        if index < middle:
            path.append(root(leaves[middle:end]))
            end = middle
        else:
            path.append(root(leaves[start:middle]))
            start = middle
    return path[::-1]


def root_from_path(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes | None:
    """
    Return the root that the path leads to from this leaf, or None if a path of this length cannot belong to this leaf
    (RFC 9162, 2.1.3.2).
    """
    if not 0 <= index < size:
        return None
    node, last = index, size - 1
    for step in path:
        if last == 0:
            return None
        if node & 1 or node == last:
            leaf = node_hash(step, leaf)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            leaf = node_hash(leaf, step)
        node, last = node >> 1, last >> 1
    return leaf if last == 0 else None

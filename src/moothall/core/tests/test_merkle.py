"""
The trees are those of RFC 6962, checked against the vectors that Certificate Transparency's own code is tested with.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from moothall.core.merkle import EMPTY, Frontier, inclusion_path, leaf_hash, root, root_from_path

CONTENTS = [
    b"",
    b"\x00",
    b"\x10",
    bytes.fromhex("2021"),
    bytes.fromhex("3031"),
    bytes.fromhex("40414243"),
    bytes.fromhex("5051525354555657"),
    bytes.fromhex("606162636465666768696a6b6c6d6e6f"),
]
ROOTS = [  # google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(1, 9))
def test_a_tree_has_the_published_root(size):
    assert root([leaf_hash(c) for c in CONTENTS[:size]]).hex() == ROOTS[size - 1]


def test_no_leaves_hash_to_the_hash_of_nothing():
    assert root([]) == EMPTY


@given(some.integers(1, 300), some.data())
def test_every_leaf_is_proved_by_its_path_and_by_no_other(size, data):
    leaves = [leaf_hash(str(n).encode()) for n in range(size)]
    index = data.draw(some.integers(0, size - 1))
    path = inclusion_path(index, leaves)
    assert root_from_path(index, size, leaves[index], path) == root(leaves)
    other = data.draw(some.integers(0, size - 1))
    if other != index:
        assert root_from_path(other, size, leaves[index], path) != root(leaves)
    assert root_from_path(index, size, leaf_hash(b"forged"), path) != root(leaves)
    assert root_from_path(index, size, leaves[index], [*path, EMPTY]) is None


def test_a_leaf_outside_the_tree_has_no_path():
    with pytest.raises(IndexError):
        inclusion_path(3, [EMPTY] * 3)
    assert root_from_path(3, 3, EMPTY, []) is None


@given(some.integers(0, 200), some.integers(0, 200))
def test_a_tree_grows_from_its_frontier_as_if_never_put_down(first, more):
    leaves = [leaf_hash(str(n).encode()) for n in range(first + more)]
    early = Frontier()
    for leaf in leaves[:first]:
        early.push(leaf)
    later = Frontier(early.size, early.peaks)
    for leaf in leaves[first:]:
        later.push(leaf)
    assert later.root() == root(leaves)


def test_a_frontier_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="complete subtrees"):
        Frontier(5, [EMPTY])

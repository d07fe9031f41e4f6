"""The seal of a report: any change of the file is seen, and hostile files are only looked at."""

from random import Random
from typing import Any

import pytest

from assessments.services.seal import read_seal, seal

HASH = "ab" * 32
PDF = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n<<>>\nendobj\n" % n for n in range(99)) + b"xref\nstartxref\n1234\n%%EOF\n"


def test_a_sealed_file_is_as_it_was_drawn() -> None:
    sealed = seal(PDF, HASH)
    found = read_seal(sealed)
    assert found
    assert (found.content_hash, found.untouched) == (HASH, True)
    assert sealed.endswith(b"startxref\n1234\n%%EOF\n")


def test_the_same_file_has_the_same_seal() -> None:
    assert seal(PDF, HASH) == seal(PDF, HASH)


def test_three_hundred_random_changes_of_a_byte_are_all_seen(figure: Any) -> None:
    sealed, random, unseen = seal(PDF, HASH), Random(2026), 0
    for _ in range(300):
        place = random.randrange(len(sealed))
        changed = bytearray(sealed)
        changed[place] ^= 1 << random.randrange(8)
        found = read_seal(bytes(changed))
        unseen += found is not None and found.untouched
    figure("changed reports that pass as untouched", unseen, "300 bytes of a seal")


@pytest.mark.parametrize(
    "changed",
    [
        lambda sealed: sealed + b"\n",
        lambda sealed: sealed + PDF,
        lambda sealed: sealed.replace(b"50 0 obj", b"5 0 obj"),
        lambda sealed: sealed.replace(HASH.encode(), b"cd" * 32),
        lambda sealed: b"%" + sealed,
        lambda sealed: seal(sealed, "cd" * 32)[:-1],
        lambda sealed: sealed + seal(PDF, "cd" * 32),
    ],
)
def test_appended_cut_replaced_and_doubled_files_are_not_as_they_were_drawn(changed: Any) -> None:
    found = read_seal(changed(seal(PDF, HASH)))
    assert found is not None
    assert not found.untouched


def test_the_seal_of_one_content_fits_no_other() -> None:
    """Whoever moves a mark to another report has neither."""
    one, other = seal(PDF, HASH), seal(PDF + b"%more\n", HASH)
    mark = one[one.index(b"%ftdecide-content") : one.index(b"startxref", one.index(b"%ftdecide-content"))]
    start = other.index(b"%ftdecide-content")
    moved = other[:start] + mark + other[start + len(mark) :]
    found = read_seal(moved)
    assert found
    assert not found.untouched


def test_another_site_has_another_seal(settings: Any) -> None:
    sealed = seal(PDF, HASH)
    settings.AUDIT_KEY = "y" * 40
    found = read_seal(sealed)
    assert found
    assert not found.untouched


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        PDF,
        b"\0" * 100_000,
        b"%ftdecide-content: " * 50_000,
        b"%ftdecide-content: " + b"a" * 64 + b"\n%ftdecide-seal: zz\n",
        b"%ftdecide-content: " + b"A" * 64 + b"\n%ftdecide-seal: " + b"b" * 64 + b"\n",
        bytes(range(256)) * 400,
    ],
)
def test_what_is_no_report_of_ours_has_no_seal(data: Any) -> None:
    assert read_seal(data) is None


def test_a_file_without_an_end_is_sealed_at_its_end() -> None:
    found = read_seal(seal(b"%PDF-1.7", HASH))
    assert found
    assert found.untouched

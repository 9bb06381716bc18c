"""What stands in the place of who and what must not be told."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.bench.evidence.identities import WITHHELD, Identities, eui64_forms, identities_of
from emulator.kernel.identity import Eui64, format_eui64

METER = {
    "type": "ESME",
    "eui64": "00-DB-12-34-56-78-90-A0",
    "manufacturer": "1027",
    "model": "ES-1P",
    "firmware": "",
    "mpxn": "1200012345688",
}
DOCUMENT: dict[str, Any] = {
    "campaign": "Acme spring",
    "source": "/data/jo/acme.toml",
    "inputs": [{"path": "/data/jo/secret-shipment.csv", "sha256": "00"}],
    "devices": [{"name": "acme-3000"}, {"name": "ESME"}, {"name": "pass"}],
    "home": [METER],
}


@pytest.fixture
def known() -> Identities:
    return identities_of(DOCUMENT)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("from 00-DB-12-34-56-78-90-A0", "from EUI64-1"),
        ("00:db:12:34:56:78:90:a0", "EUI64-1"),
        ("00DB1234567890A0, DB1234567890A0", "EUI64-1, EUI64-1"),
        ("on air a0 90 78 56 34 12 db 00", "on air EUI64-1"),
        ("61663118098370720", "61663118098370720"),
        ("MPAN 1200012345688.", "MPAN MPXN-1."),
        ("made by 1027, an ES-1P", "made by MANUFACTURER-1, an MODEL-1"),
        ("10271 and 41027", "10271 and 41027"),
        ("the device acme-3000-x", "the device device-1-x"),
        ("ESME/0027/ECS17b/success", "ESME/0027/ECS17b/success"),
        ("verdict pass", "verdict pass"),
        ("counter 0000000000001009", "counter 0000000000001009"),
        ("see /var/log/other.log", "see [path]"),
        ("3/1-0:1.8.0.255/attribute 2", "3/1-0:1.8.0.255/attribute 2"),
        ("2026-01-05 00:00:00 UTC", "2026-01-05 00:00:00 UTC"),
        ("ab" * 12, "[withheld: 12 octets]"),
        ("", ""),
    ],
)
def test_identities_are_replaced_in_every_form(known: Identities, text: str, told: str) -> None:
    assert known.text(text) == told


def test_also_where_a_number_is_written_in_decimal(known: Identities) -> None:
    assert known.text(str(0x00DB1234567890A0)) == "EUI64-1"


def test_an_eui64_that_nobody_named_gets_a_word_of_its_own_and_keeps_it(known: Identities) -> None:
    first = known.text("02-48-41-4E-4F-52-47-02")

    assert first == "EUI64-2"
    assert known.text("(0248414E4F524702)") == f"({first})"


@pytest.mark.parametrize("label", ["meter serial number", "Manufacturer", "MPAN", "install code"])
def test_a_value_under_a_telling_label_is_withheld(known: Identities, label: str) -> None:
    assert known.labelled(label, "G4P12345") == WITHHELD
    assert known.line(f"    {label}: G4P12345") == f"    {label}: {WITHHELD}"


def test_other_lines_keep_their_values(known: Identities) -> None:
    assert known.line("  status: success") == "  status: success"
    assert known.line("no colon") == "no colon"


def test_values_of_documents_are_told_and_their_fields_stay(known: Identities) -> None:
    told = known.value({"model": ["ES-1P", 5, None], "x": {"y": "acme-3000"}})

    assert told == {"model": ["MODEL-1", 5, None], "x": {"y": "device-1"}}


def test_what_was_overlooked_is_found(known: Identities) -> None:
    assert known.found_in("... es-1p ...") == "es-1p"
    assert known.found_in("... 1200012345688 ...") == "1200012345688"
    assert known.found_in("1027 of 9000 octets, 91200012345688") == ""


@given(st.integers(0x0001_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFE), st.sampled_from(["", "x: ", "("]))
def test_no_form_of_a_named_eui64_is_left(number: int, before: str) -> None:
    text = format_eui64(Eui64(number))
    known = identities_of({**DOCUMENT, "home": [{**METER, "eui64": text}]})

    for form in eui64_forms(text):
        told = known.text(before + form)
        assert form not in told
        assert "EUI64-1" in told


def test_what_is_no_eui64_has_no_forms() -> None:
    assert list(eui64_forms("EUI64-1")) == []

from dataclasses import dataclass

from emulator.gbcs.asn1.codes import KeyUsage
from emulator.gbcs.meaning.structs import value_text, value_tree
from emulator.gbcs.meaning.tree import lines
from emulator.gbcs.remote_party_role import RemotePartyRole


@dataclass(frozen=True, slots=True)
class Sample:
    role: RemotePartyRole
    identifiers: tuple[bytes, ...]
    when: str | None = None


def test_a_dataclass_is_one_line_a_field() -> None:
    sample = Sample(RemotePartyRole.SUPPLIER, (bytes(7) + b"\x01",))

    assert list(lines(value_tree("sample", sample))) == [
        "sample",
        "  role: supplier (2)",
        "  identifiers: 1 of them",
        "    [1]: 00-00-00-00-00-00-00-01",
        "  when: none",
    ]


def test_values_read_as_people_write_them() -> None:
    assert value_text(KeyUsage.KEY_AGREEMENT) == "key agreement"
    assert value_text(KeyUsage(0)) == "none"
    assert value_text(b"\x30" + bytes(200)) == "DER of 201 octets"
    assert value_text(b"AB") == "'AB' (4142)"
    assert value_text(b"\x00") == "00"
    assert value_text(b"") == "empty"
    assert (value_text(True), value_text(5)) == ("true", "5")

from lxml import etree

from emulator.duis.mmc.elements import document_of, gbcs_data, header_of
from emulator.duis.tree import Node
from emulator.testing.scenes.gbcs_scene import gbcs_scene


def test_a_document_has_its_version_and_namespace() -> None:
    root = document_of(Node("Header"), Node("Told", "x", (), (("a", "1"),)))

    assert etree.tostring(root).decode() == (
        '<ra:GBCSResponse xmlns:ra="http://www.dccinterface.co.uk/ResponseAndAlert" '
        'schemaVersion="5.4"><ra:Header/><ra:Body><ra:Told a="1">x</ra:Told></ra:Body>'
        "</ra:GBCSResponse>"
    )


def test_a_header_leaves_out_what_is_not_known() -> None:
    names = [each.name for each in header_of(gbcs_scene().command, None).parts]

    assert "BusinessOriginatorID" in names
    assert "ServiceReference" not in names


def test_octets_say_what_they_are() -> None:
    told = gbcs_data(b"\0", 1, "encrypted", "dlms")

    assert told.text == "AA=="
    assert dict(told.attributes)["name"] == "Block2"


def test_what_xml_cannot_hold_is_replaced() -> None:
    root = document_of(Node("Header"), Node("Told", "a\x00b\udcb6c\x1fd"))

    assert root.xpath("string(//*[local-name()='Told'])") == "a\ufffdb\ufffdc\ufffdd"

from pathlib import Path

from emulator.testing.served.duis_requests import request_templates

TEMPLATE = """<?xml version="1.0"?>
<sr:Request xmlns:sr="urn:x">
  <sr:Header>
    <sr:RequestID>90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:7</sr:RequestID>
    <sr:CommandVariant>4</sr:CommandVariant>
    <sr:ServiceReferenceVariant>1.5</sr:ServiceReferenceVariant>
  </sr:Header>
  <sr:Body><sr:Update>{body}</sr:Update></sr:Body>
</sr:Request>
"""


def written(folder: Path, body: str) -> Path:
    (folder / "A_REQUEST.XML").write_text(TEMPLATE.format(body=body))
    return folder


def test_header_tells_what_is_asked_of_which_device(tmp_path: Path) -> None:
    (template,) = request_templates(written(tmp_path, ""))

    assert (template.name, template.srv, template.variant) == ("A_REQUEST.XML", "1.5", 4)
    assert template.target == "00DB1234567890A0"
    assert template.parameters == {}


def test_body_is_nested_and_elements_of_one_name_are_a_list(tmp_path: Path) -> None:
    body = "<sr:A><sr:B> 1 </sr:B><sr:C/></sr:A><sr:D>1</sr:D><sr:D>2</sr:D><sr:D>3</sr:D>"

    (template,) = request_templates(written(tmp_path, body))

    assert template.parameters == {"A": {"B": "1", "C": ""}, "D": ["1", "2", "3"]}


def test_attributes_stand_beside_parts_and_text(tmp_path: Path) -> None:
    body = '<sr:A index="1">on</sr:A><sr:B index="2"/><sr:C index="3"><sr:D>x</sr:D></sr:C>'

    (template,) = request_templates(written(tmp_path, body))

    assert template.parameters == {
        "A": {"index": "1", "value": "on"},
        "B": {"index": "2"},
        "C": {"index": "3", "D": "x"},
    }

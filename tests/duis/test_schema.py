from pathlib import Path

import pytest

from emulator.dcc.service_request import RequestId
from emulator.duis.document import parse_document
from emulator.duis.refusal import DuisRefusal
from emulator.duis.request import write_request
from emulator.duis.schema import Schema
from emulator.kernel.errors import UsageError
from emulator.testing.scenes.duis_scene import duis_folder, read_registers

SMALL = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:include schemaLocation="more types.xsd"/><xs:element name="a" type="T"/></xs:schema>"""
MORE = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:simpleType name="T"><xs:restriction base="xs:integer"/></xs:simpleType></xs:schema>"""


@pytest.fixture
def small(tmp_path: Path) -> Schema:
    (tmp_path / "A DUIS schema.xsd").write_text(SMALL)
    (tmp_path / "more types.xsd").write_text(MORE)
    return Schema(tmp_path)


def test_files_whose_names_have_spaces_are_found(small: Schema) -> None:
    small.check(parse_document(b"<a>1</a>"))


def test_a_document_that_is_not_as_the_schema_says_is_refused(small: Schema) -> None:
    with pytest.raises(DuisRefusal):
        small.check(parse_document(b"<a>one</a>"))


def test_a_folder_without_a_schema_of_duis_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="DUIS"):
        Schema(tmp_path)


def test_a_file_that_is_no_schema_is_told(tmp_path: Path) -> None:
    (tmp_path / "DUIS.xsd").write_text("<a/>")

    with pytest.raises(UsageError, match="no schema"):
        Schema(tmp_path)


def test_the_published_schema_takes_every_published_template_and_what_we_write() -> None:
    schema = Schema(duis_folder() / "schema")

    for path in (duis_folder() / "templates").glob("*.XML"):
        schema.check(parse_document(path.read_bytes()))
    schema.check(
        write_request(read_registers(RequestId.parse(f"{'-'.join(['00'] * 8)}:" * 2 + "1")))
    )

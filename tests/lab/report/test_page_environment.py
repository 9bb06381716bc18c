import pytest
from jinja2 import Environment, UndefinedError

from emulator.lab.report.page_environment import page_environment


@pytest.fixture(scope="module")
def pages() -> Environment:
    return page_environment("emulator.lab.report")


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ 1500|duration }}", "1.5 ms"),
        ("{{ 1234567|duration }}", "1.235 s"),
        ("{{ 1234567|clock }}", "1.235"),
        ("{{ 0x00DB1234|eui64 }}", "00-00-00-00-00-DB-12-34"),
        ("{{ none|nwk }} {{ 16|nwk }}", "none 0x0010"),
        ("{{ 12345|count }}", "12,345"),
        ("{{ 'abcdef'|short(4) }}", "abc…"),
        ("{{ '<b>' }}", "&lt;b&gt;"),
    ],
)
def test_texts_and_numbers_are_written_alike_on_all_pages(
    pages: Environment, template: str, text: str
) -> None:
    assert pages.from_string(template).render() == text


@pytest.mark.parametrize(
    ("name", "value", "secret"),
    [
        ("00-DB.install_code", "x", True),
        ("aps.key", "00112233445566778899AABBCCDDEEFF", True),
        ("aps.key", "off", False),
        ("aps.window", "001122334455", False),
    ],
)
def test_key_material_is_known_by_name_and_octets(
    pages: Environment, name: str, value: str, *, secret: bool
) -> None:
    template = "{{ 'yes' if name is key_material(value) else 'no' }}"

    said = pages.from_string(template).render(name=name, value=value)

    assert said == ("yes" if secret else "no")


def test_a_value_that_nobody_gave_is_a_mistake(pages: Environment) -> None:
    with pytest.raises(UndefinedError):
        pages.from_string("{{ nobody }}").render()

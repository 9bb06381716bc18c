"""The schemas of DUIS, where the user points at them: they are not ours to pass on (DUIS 5.4 XSD).

Their published names have spaces, and libxml2 does not find an import whose name has one, without
saying so: the files are read under names without.
"""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from lxml import etree

from emulator.duis.refusal import DuisRefusal
from emulator.kernel.errors import EnvironmentFault, UsageError

_LOCATION: Final = re.compile(rb'(schemaLocation\s*=\s*")([^"]*)(")')
_LARGEST: Final = 8 << 20


class Schema:
    """A schema that documents are held against.

    Args:
        folder: with the schema of DUIS and those it imports.

    Raises:
        UsageError: when no schema of DUIS is in it.
        EnvironmentFault: when it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._schema = _loaded(folder)
        except OSError as fault:
            raise EnvironmentFault(f"{folder}: cannot be read: {fault.strerror}") from fault
        except etree.LxmlError as fault:
            raise UsageError(f"{folder}: no schema of DUIS: {fault}") from fault

    def check(self, root: etree._Element) -> None:
        """Refuse a document that is not as the schema says.

        Raises:
            DuisRefusal: with the first thing that is not.
        """
        try:
            self._schema.assertValid(root)
        except etree.LxmlError as fault:
            raise DuisRefusal(f"not as the schema says: {fault}") from None


def _loaded(folder: Path) -> etree.XMLSchema:
    names = sorted(each.name for each in folder.glob("*.xsd"))
    root = next((name for name in names if "DUIS" in name.upper()), None)
    if root is None:
        raise UsageError(f"{folder}: no file *DUIS*.xsd, expected the schema of DUIS")
    with TemporaryDirectory() as made:
        for name in names:
            octets = (folder / name).read_bytes()
            if len(octets) > _LARGEST:
                raise UsageError(f"{folder / name}: {len(octets)} octets, no schema is so large")
            (Path(made) / _plain(name)).write_bytes(_LOCATION.sub(_plain_location, octets))
        parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
        return etree.XMLSchema(etree.parse(str(Path(made) / _plain(root)), parser))


def _plain(name: str) -> str:
    return name.replace(" ", "-")


def _plain_location(found: re.Match[bytes]) -> bytes:
    """A location beside the schema, without folders and spaces."""
    name = found[2].replace(b"%20", b" ").rsplit(b"/", 1)[-1]
    return found[1] + name.replace(b" ", b"-") + found[3]

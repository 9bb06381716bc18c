"""Sensitive data in JSON documents: blocks laid open under `plain`, and made again from it.

A GBZ component has `encrypted` or, laid open, `plain` with the fields or octets after its ZCL
header. A DLMS octet string has `value` or, laid open, `plain`: the data inside, or its octets.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from emulator.dlms.data_coding import decode_data, encode_data
from emulator.gbcs.json_form.data import data_document, data_from
from emulator.gbcs.json_form.fields import object_in, octets_in, refuse
from emulator.gbcs.json_form.gbz import command_of, content_document, content_octets
from emulator.kernel.errors import WireError

DEPTH: Final = 64
"""How deep a document may nest."""
_OCTET_STRING: Final = "octet-string"


def laid_open(document: Any, opened: Mapping[bytes, bytes]) -> Any:
    """A payload document with the blocks that could be opened laid open.

    Args:
        document: as made from a decoded payload.
        opened: plaintext of each block.
    """
    if isinstance(document, list):
        return [laid_open(each, opened) for each in document]
    if not isinstance(document, dict):
        return document
    block = _block(document)
    if block is None or block not in opened:
        return {name: laid_open(each, opened) for name, each in document.items()}
    rest = {name: each for name, each in document.items() if name not in ("encrypted", "value")}
    if "cluster" in document:
        cluster, header = command_of(document, "component")
        return rest | {"plain": content_document(cluster, header, opened[block])}
    return rest | {"plain": _data_or_octets(opened[block])}


def _block(document: Mapping[str, Any]) -> bytes | None:
    if "encrypted" in document:
        return bytes.fromhex(document["encrypted"])
    if document.get("type") == _OCTET_STRING and "value" in document:
        return bytes.fromhex(document["value"])
    return None


def _data_or_octets(plaintext: bytes) -> Any:
    try:
        data = decode_data(plaintext)
    except WireError:
        return plaintext.hex().upper()
    if encode_data(data) != plaintext:
        return plaintext.hex().upper()
    return data_document(data)


def sealed(document: Any, encrypt: Callable[[bytes], bytes], path: str, depth: int = DEPTH) -> Any:
    """A payload document in which everything that is laid open is encrypted.

    Args:
        document: of a payload.
        encrypt: makes a block of plaintext.
        path: where the document is, for errors.
        depth: how much deeper it may nest.

    Raises:
        UsageError: when it nests deeper, or what is laid open is nothing; names the place.
    """
    if depth == 0:
        refuse(path, "more", f"at most {DEPTH} levels")
    if isinstance(document, list):
        return [
            sealed(each, encrypt, f"{path}[{index}]", depth - 1)
            for index, each in enumerate(document)
        ]
    if not isinstance(document, dict):
        return document
    if "plain" not in document:
        return {
            name: sealed(each, encrypt, f"{path}.{name}", depth - 1)
            for name, each in document.items()
        }
    rest = {name: each for name, each in document.items() if name != "plain"}
    place = f"{path}.plain"
    if "cluster" in document:
        content = object_in(document["plain"], place)
        plaintext = content_octets(*command_of(document, path), content, place)
        return rest | {"encrypted": encrypt(plaintext).hex()}
    if document.get("type") != _OCTET_STRING:
        refuse(path, document.get("type"), f"{_OCTET_STRING} around sensitive data")
    return rest | {"value": encrypt(_plain_octets(document["plain"], place)).hex()}


def _plain_octets(plain: Any, path: str) -> bytes:
    if isinstance(plain, str):
        return octets_in(plain, path)
    return encode_data(data_from(plain, path))

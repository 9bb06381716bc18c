"""What `hanlab gbcs encode` does once its words are read."""

from base64 import b64encode
from pathlib import Path
from typing import Any, Literal

from emulator.gbcs.gfi import GfiFrame, encode_gfi
from emulator.gbcs.json_form.message import from_json
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.protection.refusal import ProtectionError
from emulator.kernel.errors import LocalError, UsageError
from emulator.kernel.json_text import parse_json
from emulator.lab.messages.message_input import read_file


def encode_document(
    path: Path,
    keys: Protection | None,
    form: Literal["hex", "base64", "gfi"],
    *,
    signed: bool,
    maced: bool,
) -> str:
    """The message that a JSON document stands for, as one line of text.

    Args:
        path: of the document.
        keys: to protect it anew; None leaves signature and MAC as the document has them.
        form: of the text.
        signed: whether it gets a signature even if the document has none.
        maced: whether it gets a MAC even if the document has none.

    Raises:
        UsageError: when the document stands for no message, or a key for it is missing.
    """
    if keys is None and (signed or maced):
        raise UsageError("--sign and --mac need --keystore, a folder with the keys")
    try:
        message = from_json(_document(path), None if keys is None else keys.agreement)
        if keys is not None:
            message = keys.protect(
                message,
                signed=signed or bool(message.signature),
                maced=maced or message.mac is not None,
            )
        return _text(message.encode(), form)
    except (LocalError, ProtectionError) as refusal:
        raise UsageError(f"{path}: {refusal}") from refusal


def _document(path: Path) -> Any:
    """The JSON document in a file; of what `decode --json` prints, the part that is for us."""
    try:
        document = parse_json(read_file(path))
    except ValueError as fault:
        raise UsageError(f"is no JSON: {fault}") from fault
    if isinstance(document, dict) and isinstance(document.get("document"), dict):
        return document["document"]
    return document


def _text(octets: bytes, form: Literal["hex", "base64", "gfi"]) -> str:
    match form:
        case "hex":
            return octets.hex().upper()
        case "base64":
            return b64encode(octets).decode()
        case "gfi":
            return encode_gfi(GfiFrame(octets)).decode().strip()

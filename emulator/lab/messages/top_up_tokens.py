"""Top-up tokens as the command line makes and checks them."""

from dataclasses import dataclass
from pathlib import Path

import typer

from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_files import load_keys
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError
from emulator.gbcs.utrn import (
    COUNTER_SHIFT,
    TokenKey,
    Utrn,
    ValueClass,
    build_utrn,
    verify_utrn,
)
from emulator.kernel.errors import LocalError, UsageError, WireError
from emulator.kernel.identity import format_eui64, parse_eui64


@dataclass(frozen=True, slots=True)
class TokenParties:
    """Whose token for which meter, as typed, and where their keys are."""

    supplier: str
    device: str
    keystore: Path

    def key(self) -> TokenKey:
        """What tokens of the two are made and verified with; notes of the folder go to stderr.

        Raises:
            UsageError: when an identifier is none, or the folder holds no keys.
        """
        supplier, device = parse_eui64(self.supplier), parse_eui64(self.device)
        folder = load_keys(self.keystore)
        for note in folder.notes:
            typer.echo(f"note: {note}", err=True)
        agreement = StoredKeyAgreement(folder.keys, KeyUse.PREPAYMENT_KEY_AGREEMENT)
        return TokenKey(supplier, device, agreement)


def made_token(
    parties: TokenParties, counter: int, pence: int | None, pounds: int | None
) -> dict[str, object]:
    """A new token, and what it says.

    Raises:
        UsageError: when value or counter do not fit, or the keys do not suffice.
    """
    if (pence is None) is (pounds is None):
        raise UsageError("give the value of the token with --pence or --pounds, one of them")
    value_class = ValueClass.PENCE if pounds is None else ValueClass.POUNDS
    value = pence if pounds is None else pounds
    key = parties.key()
    try:
        token = build_utrn(key, counter << COUNTER_SHIFT, value or 0, value_class)
    except MissingKeyError as missing:
        raise _no_key(missing) from missing
    except LocalError as refusal:
        raise UsageError(f"token: {refusal}") from refusal
    return {**_facts(token), "counter": counter, **_parties(key)}


def read_token(text: str) -> dict[str, object]:
    """What 20 digits say, whoever made them.

    Raises:
        UsageError: when they are no token.
    """
    return _facts(_parsed(text))


def verified_token(text: str, parties: TokenParties, highest: int) -> dict[str, object]:
    """What 20 digits say, and whether the supplier made them for the meter.

    Raises:
        UsageError: when they are no token, or the keys do not suffice.
    """
    token, key = _parsed(text), parties.key()
    facts = {**_facts(token), **_parties(key)}
    try:
        counter = verify_utrn(key, token, highest)
    except MissingKeyError as missing:
        raise _no_key(missing) from missing
    except ProtectionError as refusal:
        return {**facts, "genuine": False, "problem": str(refusal)}
    return {**facts, "genuine": True, "counter": counter >> COUNTER_SHIFT}


def _parsed(text: str) -> Utrn:
    try:
        return Utrn.parse(text)
    except WireError as refusal:
        raise UsageError(f"token {text!r}: {refusal}") from refusal


def _no_key(missing: MissingKeyError) -> UsageError:
    return UsageError(
        f"{missing}; a token needs the supplier's prepayment key (<EUI-64>-pp-ka) and the meter's "
        "certificate (<EUI-64>-ka), one of them with its private key"
    )


def _facts(token: Utrn) -> dict[str, object]:
    top_up = token.top_up
    return {
        "utrn": token.digits,
        "value": top_up.value,
        "unit": top_up.value_class.name.lower(),
        "truncated_counter": top_up.truncated_counter,
        "mac": token.mac.hex().upper(),
    }


def _parties(key: TokenKey) -> dict[str, object]:
    return {"supplier": format_eui64(key.supplier), "device": format_eui64(key.device)}

"""`hanlab gbcs`: messages between remote parties and devices, read, checked and made."""

from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from emulator.lab.commands.common_options import AsJson
from emulator.lab.commands.gbcs_replay import replay
from emulator.lab.commands.gbcs_utrn import app as utrn

Form = Literal["hex", "base64", "gfi"]

_MESSAGE: Final = typer.Argument(
    help="A file, the message itself (hexadecimal, base64, GFI frame), or - for standard input; "
    "several when they are the blocks of one message.",
    metavar="FILE|HEX|-...",
    show_default=False,
)
_PATH: Final = typer.Argument(help="A message file, or a folder of them.", show_default=False)
_KEYSTORE: Final = typer.Option(
    "--keystore", help="Folder of certificates and keys (PEM or DER).", show_default=False
)
_BROKER: Final = typer.Option(
    "--broker", help="EUI-64 of the access control broker, if the folder has several."
)
_AT: Final = typer.Option(
    "--at", help="Moment at which certificates must be valid (2026-01-05); else not checked."
)
_USE_CASES: Final = typer.Option(
    "--use-cases",
    help="Folder of your own records of use cases, *.jsonl.",
    envvar="HANLAB_USE_CASES",
    show_default=False,
)
_DOCUMENT: Final = typer.Argument(help="A JSON document.", show_default=False)
_SIGN: Final = typer.Option("--sign", help="Sign it, with the originator's key.")
_MAC: Final = typer.Option("--mac", help="Give it a MAC, with the keys of its pair of parties.")
_FORM: Final = typer.Option("--as", help="How to print the message.")
_MMC: Final = typer.Option(
    "--mmc",
    metavar="SRV",
    help="Print a response in MMC form, as the answer to a request of this variant, or an alert.",
    show_default=False,
)


def decode(  # noqa: PLR0913, PLR0917 - one parameter for each option of the command
    message: Annotated[list[str], _MESSAGE],
    keystore: Annotated[Path | None, _KEYSTORE] = None,
    broker: Annotated[str | None, _BROKER] = None,
    at: Annotated[str | None, _AT] = None,
    use_cases: Annotated[Path | None, _USE_CASES] = None,
    mmc: Annotated[str | None, _MMC] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what a message means; exit status 1 when something in it is wrong.

    With keys, signature and MAC are verified and sensitive data is decrypted. The blocks of a
    message are put together; of a block alone it is told what it is.

    Examples:
      hanlab gbcs decode message.hex
      hanlab gbcs decode block1.hex block2.hex
      hanlab gbcs decode message.hex --keystore keys
      hanlab gbcs decode - --json < message.bin
      hanlab gbcs decode response.hex --mmc 4.2 --keystore keys
    """
    from emulator.lab.messages.message_keys import message_protection  # noqa: PLC0415 - help must not wait

    if mmc is not None:
        from emulator.lab.messages.mmc_form import print_mmc  # noqa: PLC0415 - needs an extra's packages

        opening = None if keystore is None else message_protection(keystore, broker, at)
        print_mmc(tuple(message), mmc, opening)
        return
    from emulator.lab.interactive.own_use_cases import own_use_cases  # noqa: PLC0415 - help must not wait
    from emulator.lab.messages.message_decoding import decode_message  # noqa: PLC0415 - help must not wait

    keys = None if keystore is None else message_protection(keystore, broker, at)
    with own_use_cases(use_cases):
        status = decode_message(tuple(message), keys, as_json=as_json)
    raise typer.Exit(status)


def check(  # noqa: PLR0913, PLR0917 - one parameter for each option of the command
    path: Annotated[Path, _PATH],
    keystore: Annotated[Path | None, _KEYSTORE] = None,
    broker: Annotated[str | None, _BROKER] = None,
    at: Annotated[str | None, _AT] = None,
    use_cases: Annotated[Path | None, _USE_CASES] = None,
    as_json: AsJson = False,
) -> None:
    """Check format, signatures, MACs and encryption; exit status 1 when anything is wrong.

    Examples:
      hanlab gbcs check messages --keystore keys
      hanlab gbcs check message.hex --keystore keys --at 2026-01-05
      hanlab gbcs check messages --keystore keys --json | jq .failures
    """
    from emulator.kernel.errors import UsageError  # noqa: PLC0415 - help must not wait
    from emulator.lab.interactive.own_use_cases import own_use_cases  # noqa: PLC0415 - help must not wait
    from emulator.lab.messages.message_checking import check_files  # noqa: PLC0415 - help must not wait
    from emulator.lab.messages.message_keys import message_protection  # noqa: PLC0415 - help must not wait

    if keystore is None:
        raise UsageError(
            "no --keystore: give the folder with the certificates and keys of the parties "
            "(`hanlab pki make --out keys` makes one for tests)"
        )
    with own_use_cases(use_cases):
        status = check_files(path, message_protection(keystore, broker, at), as_json=as_json)
    raise typer.Exit(status)


def encode(
    document: Annotated[Path, _DOCUMENT],
    keystore: Annotated[Path | None, _KEYSTORE] = None,
    sign: Annotated[bool, _SIGN] = False,
    mac: Annotated[bool, _MAC] = False,
    form: Annotated[Form, _FORM] = "hex",
) -> None:
    """Make a message from the JSON document that `decode --json` prints under `document`.

    With keys, the signature and the MAC that the document has are made anew; without them they
    stand as written.

    Examples:
      hanlab gbcs encode message.json
      hanlab gbcs encode message.json --keystore keys --sign --mac
      hanlab gbcs encode message.json --as gfi
    """
    from emulator.lab.messages.message_encoding import encode_document  # noqa: PLC0415 - help must not wait
    from emulator.lab.messages.message_keys import message_protection  # noqa: PLC0415 - help must not wait

    keys = None if keystore is None else message_protection(keystore)
    typer.echo(encode_document(document, keys, form, signed=sign, maced=mac))


app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Read, check and make GBCS messages.

    Examples:
      hanlab gbcs decode message.hex
      hanlab gbcs check messages --keystore keys
      hanlab gbcs encode message.json --keystore keys --sign --mac
      hanlab gbcs replay --rtds rtds
      hanlab gbcs utrn check "7394 3333 4571 8904 3313"
    """,
)
app.command("decode")(decode)
app.command("check")(check)
app.command("encode")(encode)
app.command("replay")(replay)
app.add_typer(utrn, name="utrn")

"""`hanlab evidence`: the bundle for a test laboratory, made and verified."""

from pathlib import Path
from typing import Annotated, Final

import typer

app: Final = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Bundle what a campaign found as evidence, and verify such bundles.",
)
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a campaign that ended.")]
Out = Annotated[Path, typer.Option(metavar="FILE", help="The bundle, a zip that is not there yet.")]
Key = Annotated[
    Path | None,
    typer.Option("--key", metavar="FILE", help="Private key in PEM: Ed25519 or P-256. It signs."),
]
Anonymise = Annotated[
    bool, typer.Option("--anonymise", help="Tell neither participant nor manufacturer.")
]
KeepTexts = Annotated[
    bool, typer.Option("--keep-texts", help="With --anonymise: keep the reasons people wrote.")
]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A bundle.")]
Trust = Annotated[
    Path | None,
    typer.Option("--trust", metavar="FILE", help="Public key in PEM that must have signed it."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]


def make(
    folder: Folder,
    *,
    out: Out,
    key: Key = None,
    anonymise: Anonymise = False,
    keep_texts: KeepTexts = False,
) -> None:
    """Bundle a campaign for SEC Appendix J 6.5(a): declaration, reports, results, captures.

    The same folder and key give the same octets. An Ed25519 key: openssl genpkey -algorithm
    ed25519 -out key.pem; its public half: openssl pkey -in key.pem -pubout -out public.pem.

    Examples:
      hanlab evidence make results --out evidence.zip
      hanlab evidence make results --out evidence.zip --key key.pem
      hanlab evidence make results --out shared.zip --anonymise
    """
    from emulator.bench.evidence.command_work import make_and_tell  # noqa: PLC0415 - help must not wait
    from emulator.bench.evidence.making import BundleRequest  # noqa: PLC0415 - help must not wait

    asked = BundleRequest(
        folder=folder, out=out, key=key, anonymise=anonymise, keep_texts=keep_texts
    )
    raise typer.Exit(make_and_tell(asked))


def verify(file: File, *, trust: Trust = None, as_json: AsJson = False) -> None:
    """Tell whether a bundle is as it was made, and by which key it was signed.

    Exit status 1 when it is not; 2 when it is no bundle, or one that is not safe to open.

    Examples:
      hanlab evidence verify evidence.zip
      hanlab evidence verify evidence.zip --trust public.pem
      hanlab evidence verify evidence.zip --json
    """
    from emulator.bench.evidence.command_work import verify_and_tell  # noqa: PLC0415 - help must not wait

    raise typer.Exit(verify_and_tell(file, trust, as_json=as_json))


app.command("make")(make)
app.command("verify")(verify)

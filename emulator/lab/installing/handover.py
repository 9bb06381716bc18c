"""The steps by which devices come to trust other remote parties (GBCS CS02b; SEC registration)."""

from emulator.dcc.registration import SUPPLIER_OF, Fuel
from emulator.gbcs.protection.key_store import KeyUse
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.lab.installing.installation import Ask, Installation, patience
from emulator.lab.world.remote_side import RemoteSide
from emulator.smart_energy.device import SmartEnergyDevice

FLOOR = 1_000
"""Counter below which a device refuses the new party: where the laboratory's users begin."""
ISSUING = "organisation-issuing"
_NAMES = {
    KeyUse.DIGITAL_SIGNATURE: "digital_signing_certificate",
    KeyUse.KEY_AGREEMENT: "key_agreement_certificate",
    KeyUse.PREPAYMENT_KEY_AGREEMENT: "key_agreement_top_up_certificate",
}


def credentials_of(side: RemoteSide, party: Eui64, *uses: KeyUse) -> dict[str, object]:
    """The values of a CS02b that puts a party into its cells, with the certificate's path.

    Raises:
        UsageError: when the party has no certificate for a use.
    """
    values: dict[str, object] = {"floor": FLOOR, "path_certificates": (issuing(side),)}
    for use in uses:
        found = side.pki.keys.find(party, use)
        if found is None or found.certificate is None:
            raise UsageError(f"{format_eui64(party)} has no certificate for {use.value}")
        values[_NAMES[use]] = found.certificate.der
    if KeyUse.PREPAYMENT_KEY_AGREEMENT in uses:
        values["top_up_floor"] = FLOOR
    return values


def issuing(side: RemoteSide) -> bytes:
    """The certificate of the authority that issued those of organisations."""
    authority = next(each for each in side.pki.authorities if each.name == ISSUING)
    return authority.certificate.der


def hand_over_network(work: Installation, meter: SmartEnergyDevice, operator: Eui64) -> None:
    """The broker gives the network operator's cells, which it held, to an operator (SRV 6.21)."""
    uses = (KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_AGREEMENT)
    values = credentials_of(work.side, operator, *uses) | {"RemotePartyRole": "NetworkOperator"}
    asked = Ask(
        srv="6.21",
        clause="GBCS CS02b; DUIS 5.4 SRV 6.21",
        target=meter.description.eui64,
        parameters=values,
        within=patience(meter),
    )
    work.ask(f"{meter.name} is handed over to {work.side.names_of(operator)}", asked)


def switch_registration(work: Installation, meter: SmartEnergyDevice, gaining: Eui64) -> None:
    """The supply point of a meter has another supplier from now on."""
    line = work.home.shipped(meter)
    fuel = Fuel.ELECTRICITY if line.type == "ESME" else Fuel.GAS
    work.lab.run("1 min")
    step = work.lab.step(f"the supply point of {meter.name} changes its supplier", "SEC H; REC")
    step.do(
        lambda: work.side.registration.register(
            line.mpxn, SUPPLIER_OF[fuel], gaining, work.side.moment
        )
    ).done(work.side.names_of(gaining))


def take_over(work: Installation, meter: SmartEnergyDevice, gaining: Eui64) -> None:
    """The gaining supplier puts its certificates into a commissioned meter (SRV 6.23)."""
    asked = Ask(
        srv="6.23",
        clause="GBCS CS02b by TransCoS; DUIS 5.4 SRV 6.23",
        target=meter.description.eui64,
        parameters=credentials_of(work.side, gaining, *KeyUse),
        user=work.side.names_of(gaining),
        within=patience(meter),
    )
    work.ask(f"{meter.name} takes the certificates of the gaining supplier", asked)

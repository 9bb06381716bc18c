"""Every statement of the inventory, compiled once for its database."""

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Select,
    String,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)

from emulator.dcc.inventory.database import Database
from emulator.dcc.inventory.device_kinds import SMART_METERS, Generation
from emulator.dcc.inventory.rows import MPXN_SET
from emulator.dcc.inventory.schema import ASSOCIATIONS, DEVICES, HISTORY, INSTALL_CODES, PRODUCTS
from emulator.dcc.inventory.statuses import SmiStatus

_KEY: Final = bindparam("key", type_=String)
_PARTNER: Final = bindparam("partner", type_=String)
_DEVICE: Final = DEVICES.c


class Statements:
    """The texts, by what they do; values go in by the names of columns, the device as `key`."""

    def __init__(self, database: Database) -> None:
        compiled = database.compiled
        by_device = select(DEVICES).where(_DEVICE.device == _KEY)
        self.device = compiled(by_device)
        self.device_to_change = compiled(by_device.with_for_update())
        self.add_device = compiled(insert(DEVICES))
        self.remove_device = compiled(delete(DEVICES).where(_DEVICE.device == _KEY))
        self.change_status = compiled(
            update(DEVICES)
            .where(_DEVICE.device == _KEY)
            .values(
                status=bindparam("new_status"),
                since=bindparam("new_since"),
                resumes=bindparam("new_resumes"),
                commissioned=bindparam("new_commissioned"),
            )
        )
        self.set_hub = compiled(
            update(DEVICES).where(_DEVICE.device == _KEY).values(hub=bindparam("new_hub"))
        )
        self.move_hub = compiled(
            update(DEVICES)
            .where(_DEVICE.hub == _KEY, _DEVICE.kind != literal_column("'GPF'"))
            .values(hub=bindparam("new_hub"))
        )
        self.set_details = compiled(
            update(DEVICES)
            .where(_DEVICE.device == _KEY)
            .values(
                {
                    name: bindparam(f"new_{name}")
                    for name in ("mpxn", "export_mpxn", "uprn", "postcode", "firmware")
                }
            )
        )
        self.add_history = compiled(
            insert(HISTORY).values(
                {
                    column.name: bindparam(column.name)
                    for column in HISTORY.columns
                    if column.name != "number"
                }
            )
        )
        self.history = compiled(
            select(HISTORY).where(HISTORY.c.device == _KEY).order_by(HISTORY.c.number)
        )
        self._look_up(database)
        self._more(database)
        self.mpxn_outstanding = compiled(_mpxn_outstanding())

    def _look_up(self, database: Database) -> None:
        """Devices by what is known of them."""
        compiled = database.compiled
        ordered = select(DEVICES).order_by(_DEVICE.device)
        self.all = compiled(ordered)
        self.by_hub = compiled(ordered.where(_DEVICE.hub == _KEY))
        self.by_mpxn = compiled(
            ordered.where((_DEVICE.mpxn == _KEY) | (_DEVICE.export_mpxn == _KEY))
        )
        self.by_uprn = compiled(ordered.where(_DEVICE.uprn == _KEY))
        self.by_postcode = compiled(ordered.where(_DEVICE.postcode == _KEY))
        self.by_model = compiled(
            ordered.where(
                _DEVICE.manufacturer == bindparam("manufacturer"),
                _DEVICE.model == bindparam("model"),
                _DEVICE.firmware == bindparam("firmware"),
            )
        )
        self.counts = compiled(
            select(_DEVICE.kind, _DEVICE.status, func.count().label("devices")).group_by(
                _DEVICE.kind, _DEVICE.status
            )
        )

    def _more(self, database: Database) -> None:
        """Associations, products and install codes."""
        compiled = database.compiled
        pair = (ASSOCIATIONS.c.device == _KEY) & (ASSOCIATIONS.c.partner == _PARTNER)
        self.associate = compiled(insert(ASSOCIATIONS))
        self.associated = compiled(select(ASSOCIATIONS.c.device).where(pair))
        self.dissociate = compiled(delete(ASSOCIATIONS).where(pair))
        self.dissociate_all = compiled(
            delete(ASSOCIATIONS).where(
                (ASSOCIATIONS.c.device == _KEY) | (ASSOCIATIONS.c.partner == _KEY)
            )
        )
        self.partners = compiled(
            select(DEVICES)
            .join(ASSOCIATIONS, ASSOCIATIONS.c.partner == _DEVICE.device)
            .where(ASSOCIATIONS.c.device == _KEY)
            .order_by(_DEVICE.device)
        )
        self.members = compiled(
            select(DEVICES)
            .join(ASSOCIATIONS, ASSOCIATIONS.c.device == _DEVICE.device)
            .where(ASSOCIATIONS.c.partner == _KEY)
            .order_by(_DEVICE.device)
        )
        product = (
            (PRODUCTS.c.manufacturer == bindparam("manufacturer"))
            & (PRODUCTS.c.model == bindparam("model"))
            & (PRODUCTS.c.firmware == bindparam("firmware"))
        )
        self.product = compiled(select(PRODUCTS.c.status).where(product))
        self.forget_product = compiled(delete(PRODUCTS).where(product))
        self.add_product = compiled(insert(PRODUCTS))
        self.install_code = compiled(
            select(INSTALL_CODES.c.install_code).where(INSTALL_CODES.c.device == _KEY)
        )
        self.forget_install_code = compiled(
            delete(INSTALL_CODES).where(INSTALL_CODES.c.device == _KEY)
        )
        self.add_install_code = compiled(insert(INSTALL_CODES))


def _mpxn_outstanding() -> Select[Any]:
    """SMETS2 meters, commissioned before a moment, whose MPxN was not set since (App. AC 4.14)."""
    done = exists().where(
        HISTORY.c.device == _DEVICE.device,
        HISTORY.c.event == literal_column(f"'{MPXN_SET}'"),
        HISTORY.c.moment >= _DEVICE.commissioned,
    )
    return (
        select(DEVICES)
        .where(
            _DEVICE.kind.in_([literal_column(f"'{kind.value}'") for kind in SMART_METERS]),
            _DEVICE.generation == literal_column(f"'{Generation.SMETS2.value}'"),
            _DEVICE.status == literal_column(f"'{SmiStatus.COMMISSIONED.value}'"),
            _DEVICE.commissioned < bindparam("moment", type_=BigInteger),
            ~done,
        )
        .order_by(_DEVICE.commissioned, _DEVICE.device)
    )

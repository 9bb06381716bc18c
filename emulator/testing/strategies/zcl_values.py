"""Strategies for values of the cluster library's data types, with their type."""

from typing import Any, Final

from hypothesis import strategies as st

from emulator.testing.strategies.strategies import structs
from emulator.zcl.data_types import DataType, Date, TimeOfDay
from emulator.zcl.data_values import Collection, Member, Structure

_UNSIGNED: Final = {
    **{DataType(DataType.UINT8 + size): size + 1 for size in range(8)},
    DataType.ENUM8: 1,
    DataType.ENUM16: 2,
    DataType.UTC: 4,
    DataType.CLUSTER_ID: 2,
    DataType.ATTRIBUTE_ID: 2,
    DataType.BACNET_OID: 4,
    DataType.EUI64: 8,
}
_PLAIN: Final = tuple(
    each
    for each in DataType
    if each not in (DataType.ARRAY, DataType.SET, DataType.BAG, DataType.STRUCT)
)


def values_of(data_type: DataType) -> st.SearchStrategy[Any]:
    """Values of one type; the non-value among them where the type has one."""
    if data_type in _UNSIGNED:
        return st.none() | st.integers(0, (1 << 8 * _UNSIGNED[data_type]) - 2)
    if DataType.MAP8 <= data_type <= DataType.MAP64:
        return st.integers(0, (1 << 8 * (data_type - DataType.MAP8 + 1)) - 1)
    if DataType.INT8 <= data_type <= DataType.INT64:
        top = 1 << 8 * (data_type - DataType.INT8 + 1) - 1
        return st.none() | st.integers(1 - top, top - 1)
    if DataType.DATA8 <= data_type <= DataType.DATA64:
        size = data_type - DataType.DATA8 + 1
        return st.binary(min_size=size, max_size=size)
    return _OTHERS[data_type]


_OTHERS: Final[dict[DataType, st.SearchStrategy[Any]]] = {
    DataType.NO_DATA: st.none(),
    DataType.UNKNOWN: st.none(),
    DataType.BOOL: st.none() | st.booleans(),
    DataType.SEMI: st.none() | st.floats(width=16, allow_nan=False),
    DataType.SINGLE: st.none() | st.floats(width=32, allow_nan=False),
    DataType.DOUBLE: st.none() | st.floats(allow_nan=False),
    DataType.OCTSTR: st.none() | st.binary(max_size=40),
    DataType.OCTSTR16: st.none() | st.binary(max_size=40),
    DataType.STRING: st.none() | st.text(max_size=20),
    DataType.STRING16: st.none() | st.text(max_size=20),
    DataType.TIME_OF_DAY: st.none() | structs(TimeOfDay, hours=st.integers(0, 23)),
    DataType.DATE: st.none() | structs(Date, month=st.integers(1, 12)),
    DataType.KEY128: st.binary(min_size=16, max_size=16),
}

_EMPTY: Final = (DataType.NO_DATA, DataType.UNKNOWN)
_BY_TYPE: Final[dict[DataType, st.SearchStrategy[Any]]] = {each: values_of(each) for each in _PLAIN}


def typed_values() -> st.SearchStrategy[tuple[DataType, Any]]:
    """A type and a value of it, collections and structures included."""
    return _TYPED


def _structures(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[DataType, Any]]:
    return st.lists(inner, max_size=3).map(
        lambda members: (
            DataType.STRUCT,
            Structure(tuple(Member(data_type, value) for data_type, value in members)),
        )
    )


def _collections(element_type: DataType) -> st.SearchStrategy[Collection]:
    elements = st.none() | st.lists(_BY_TYPE[element_type], max_size=3).map(tuple)
    return st.builds(Collection, st.just(int(element_type)), elements)


_SIMPLE: Final = st.one_of(
    *(st.tuples(st.just(each), values) for each, values in _BY_TYPE.items()),
    st.tuples(
        st.sampled_from((DataType.ARRAY, DataType.SET, DataType.BAG)),
        st.one_of(*(_collections(each) for each in _PLAIN if each not in _EMPTY)),
    ),
)
_TYPED: Final = st.one_of(_SIMPLE, _structures(st.one_of(_SIMPLE, _structures(_SIMPLE))))

"""Commands in DLMS: executed on the COSEM objects of a device."""

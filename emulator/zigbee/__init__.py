"""The Zigbee stack: MAC, NWK, APS and ZDO, each frames, tables and machines (R22)."""

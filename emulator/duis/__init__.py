"""The DCC User Interface Specification: service requests and responses as signed XML (DUIS 5.4)."""

"""DLMS application services as GBCS uses them: access, notification, and the data in them."""

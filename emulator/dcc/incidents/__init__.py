"""How a gaining supplier comes by the install code of a device that another supplier installed."""

"""What devices tell without being asked, and what users are told of it (GBCS 16.2, DUIS 5.4)."""

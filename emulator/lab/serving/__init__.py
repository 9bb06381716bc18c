"""The DCC's own interfaces in front of an emulated home: HTTP beside the laboratory's one clock."""

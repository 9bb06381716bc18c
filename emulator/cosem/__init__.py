"""COSEM: interface classes, logical names and the objects that GBCS names."""

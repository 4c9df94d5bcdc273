"""Readers of the sources of the gazetteer's person tables, one module a source."""

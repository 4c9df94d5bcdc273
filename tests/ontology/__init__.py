"""Tests of the ontology's files."""

"""Tests of witnesses, facts and their quads."""

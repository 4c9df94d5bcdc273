"""The command line: `kg`."""

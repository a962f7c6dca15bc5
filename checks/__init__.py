"""Checks of what Huiyin promises, each a command: exit code 0 means that the promise held."""

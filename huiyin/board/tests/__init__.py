"""Tests of the board: notices, figures, publication, ledger."""

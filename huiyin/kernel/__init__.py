"""Errors, clock, step table, numbers: small pure helpers that know no Django model and no other package."""

"""Tests of the choice library: majorities, counting, budgets."""

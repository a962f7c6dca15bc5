"""The pages of the hall, by topic."""

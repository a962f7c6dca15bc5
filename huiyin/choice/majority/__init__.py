"""Library part: lawful majorities as data, decided in whole numbers and fractions, with what was missing."""

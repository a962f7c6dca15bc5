"""District > subdistrict > community > grid > building with dates of validity, and the calendar of working days.

Owns the words area, path, working_day, office_hours, clock. May import kernel.
"""

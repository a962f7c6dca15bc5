"""Library: lawful majorities, counting, fair budgets, panels by lot and a map of opinions, exact and explained.

A stranger can use it alone: it imports no Django and no other package of Huiyin.
"""

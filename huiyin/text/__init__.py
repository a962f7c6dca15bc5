"""Library: segments, classifies, compares, groups and masks Chinese appeals, and says why.

A stranger can use it alone: it imports no Django and no other package of Huiyin.
"""

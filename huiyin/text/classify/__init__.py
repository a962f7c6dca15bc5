"""Suggests what an appeal is about (category, kind or urgency), with a probability and the words that decided.

Words: label, suggestion, view (one way of reading a text), margin (score before calibration), abstain.
It learns from labelled appeals only, knows nothing of Django and writes models that hold numbers and words, no code.
"""

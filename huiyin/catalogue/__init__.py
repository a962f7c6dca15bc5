"""Kinds of matter, channels, categories, the dispatch catalogue, time limits, refusal codes, letter templates.

Owns the words category, channel, dispatch_catalogue, time_limit, refusal_code, template. Rules are rows with
source, mark and date. May import access, journal, people, territory and kernel.
"""

"""Starter lexicon of our own writing: which words speak for which category, before a district has appeals of its own.

Words: category (事项分类), keyword. `categories.json` is a three-level tree: category > matter > keywords.
"""

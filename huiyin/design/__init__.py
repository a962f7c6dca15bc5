"""The look of every page: tokens, base templates, parts and small scripts.

Words: part (an included template), token (a named colour, size or space), elder mode (larger type, stronger contrast).
May import Django only; every package with pages may use its templates and tags.
"""

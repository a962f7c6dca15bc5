"""The demo district 海清区: territory, people and some 300 appeals of our own writing, told through real commands.

May import everything below config. Nothing imports it.
"""

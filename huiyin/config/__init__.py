"""Runs the house: settings, addresses, the embedded database, the `huiyin` command, server, backup, logs and health.

It stands above every other package and may import all of them; nothing may import it.
"""

"""What the machine suggests for a text, and what people made of it: stores, learns, compares, switches back.

Owns the words suggestion, aspect, reader, service, lesson, starter. May import catalogue, attachments, access,
journal, people, territory, kernel and the library text; appeals tell it what was said and what was chosen.
"""

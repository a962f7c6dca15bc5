"""What is shown to everyone, where and from when; de-identification in one place, released by a second person.

Owns the words notice, prepare, release, withhold. May import assessment, appeals and everything below.
"""

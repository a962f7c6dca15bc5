"""One message to one person, in the app, by SMS, mail or printed letter, with the receipt of its delivery.

Owns the words message, way, receipt. May import attachments' neighbours below: access, journal, people, kernel.
"""

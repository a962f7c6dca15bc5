"""The forms of the desk: what is typed becomes the values of one command; no rule of the field stands here."""

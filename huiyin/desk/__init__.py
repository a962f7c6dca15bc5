"""Pages for staff: what is due today, one screen to register, the dossier of one appeal with its next acts.

Owns no table. Words: workbench, dossier, act (a verb of the step table with its form), row, list.
May import appeals, messaging, catalogue, attachments, access, journal, people, territory, design and kernel.
"""

"""How each weight file was made, from public packages; needs the ``weights`` extra, never the program itself.

Each ``python -m models.build.NAME`` writes one file of ``models/`` anew, byte for byte the one committed.
"""

"""Decodes hostile files, in a process of its own that limits itself before it reads a byte.

Knows neither Django nor our settings; `complaints.services.clean_copy` starts it. It writes its
copies into a folder and one line of JSON to its output: the copies and what the original carries,
or the code of a refusal.
"""

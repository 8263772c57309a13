"""Loaded by pytest before anything else: tests keep to a data folder of their own."""

import os

os.environ.setdefault("MOOTHALL_DATA", "var/test")
os.environ["MOOTHALL_TESTING"] = "1"
os.environ["MOOTHALL_AS_OWNER"] = "1"
os.environ["MOOTHALL_DEMO"] = "1"

"""Moothall: the platform on which public bodies share services."""

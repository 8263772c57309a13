"""The JSON API: services, cases, and the page that explains it."""

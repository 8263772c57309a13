"""The inbox's jobs: look where things come in, and read what was taken in."""

from moothall.inbox.tasks import looking, reading  # noqa: F401  registered by being read

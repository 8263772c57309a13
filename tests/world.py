"""The world of the tests: Marchshire and its districts share; Eastwold is outside and must see nothing.

Built once, by actions only, into the database that every test's database is cloned from.
"""


def build() -> None:
    """Build the world; each chapter's part is a function below, in the order of the storeys."""

"""The `moothall` command."""

import os
import sys


def main() -> None:
    """Run a command of ours; whatever else Django knows is forwarded to it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["moothall", *sys.argv[1:]])

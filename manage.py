"""Django's own command line, for those who expect it; `moothall` is the one to use."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.site.settings")
    execute_from_command_line(sys.argv)

"""`python -m moothall.site` is the `moothall` command."""

from moothall.site.command import main

main()

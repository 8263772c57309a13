"""`moothall appraise CASE.yaml`: judge one case from the command line, without Django and without a database."""

import argparse
import json
import sys
from pathlib import Path

from moothall.appraisal import queries
from moothall.core.refusal import Refusal

HELP = "Judge the options of one case on one basis: a summary here, and HTML, tagged PDF, CSV and JSON in a folder."


def main(words: list[str]) -> int:
    """Run the command; return 0, or 1 where the case is refused."""
    parser = argparse.ArgumentParser(prog="moothall appraise", description=HELP)
    parser.add_argument("case", nargs="?", type=Path, help="the case, a YAML file")
    parser.add_argument("--to", type=Path, help="the folder to write to; without it, CASE-appraisal beside the case")
    parser.add_argument("--seal", action="store_true", help="print the fingerprint of scales and weights, and stop")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of a case, for editors, and stop")
    parser.add_argument("--replays", action="store_true", help="print known deals' figures worked out again, and stop")
    given = parser.parse_args(words)
    if given.replays:
        print(queries.replayed())
        return 0
    if given.schema:
        print(json.dumps(queries.schema(), indent=1))
        return 0
    if given.case is None:
        parser.error("name a case, for example examples/appraisal/in-house.yaml")
    try:
        text = given.case.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        print(f"{given.case} cannot be read: {error}", file=sys.stderr)
        return 1
    try:
        if given.seal:
            print(queries.seal(text))
            return 0
        if told := queries.replay_of(text):
            print(told)
            return 1
        report = queries.appraise(text)
    except Refusal as refusal:
        print(f"{given.case} cannot be appraised yet:\n\n{refusal.message}", file=sys.stderr)
        return 1
    print(queries.summary(report))
    _write(queries.outputs(report), given.to or given.case.with_name(f"{given.case.stem}-appraisal"))
    return 0


def _write(found: dict[str, bytes], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in found.items():
        (folder / name).write_bytes(content)
    print(f"\nWritten to {folder}: {', '.join(found)}")
    if "report.pdf" not in found:
        print("There is no PDF, as WeasyPrint is not installed here: it comes with moothall[server].")

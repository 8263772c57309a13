"""
Measure one saving of a form with a hundred questions: the changed lines written, the whole definition checked.

    python -m benchmarks.editor [--rounds 5] [--questions 100]

A saving puts one question's words into the text and checks all that the definition says, with its worked examples, as
the page does. Beside it stands the bare reading of the same YAML. Needs no database; prints one JSON object. Exits 1
beyond a second of processor time.
"""

import argparse
import json
import statistics
import sys
import time

from moothall.catalogue.rules.beginning import begun
from moothall.catalogue.rules.load import Known, load_files
from moothall.catalogue.rules.report import played
from moothall.core.workdays import england
from moothall.editor.rules import rewriting

LIMIT = 1.0
GIVEN = {
    "title": "Report graffiti", "title_cy": "Rhoi gwybod", "work": "street-cleaning", "bodies": ["district"],
    "topic": "streets", "team": "street-scene", "source": "Environmental Protection Act 1990 s.89",
}  # fmt: skip


def large(questions: int) -> dict[str, str]:
    """Return the files of a service that asks so many things, every third only if another was chosen."""
    files, asked = begun("report-graffiti", GIVEN), []
    for number in range(questions - 2):
        when = f"    when: answers.q{number - 1} == 'one'\n" if number % 3 == 1 else ""
        asked.append(
            f"  q{number}:\n    type: choice\n    label: {{en: Question {number}?, cy: Cwestiwn {number}?}}\n"
            f"    optional: true\n{when}    options:\n      one: {{en: One, cy: Un}}\n      two: {{en: Two, cy: Dau}}\n"
        )
    files["service.yaml"] = files["service.yaml"].replace("promise:\n", "".join(asked) + "promise:\n", 1)
    return files


def saved(files: dict[str, str], round_: int) -> bool:
    """Change one question and check the whole, as a saving does."""
    words = {"en": f"Said otherwise {round_}?", "cy": "Cwestiwn arall?"}
    text = rewriting.put(files["service.yaml"], ("ask", "q0", "label"), words)
    made = files | {"service.yaml": text}
    definition = load_files(made, Known({"casework.task": {"note": "text"}}, folder="report-graffiti"))
    return played(definition, made, england())[1]


def timed(function, *given) -> float:
    """Return the processor seconds that a call takes."""
    start = time.process_time()
    function(*given)
    return time.process_time() - start


def main() -> int:
    """Run interleaved rounds and print the medians."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--questions", type=int, default=100)
    asked = parser.parse_args()
    files = large(asked.questions)
    if not saved(files, 0):
        raise SystemExit("The service that is measured is not good: mend benchmarks/editor.py.")
    ours, bare = [], []
    for round_ in range(asked.rounds):
        ours.append(timed(saved, files, round_))
        bare.append(timed(rewriting.read, files["service.yaml"]))
    seconds, reading = statistics.median(ours), statistics.median(bare)
    told = {"measured": "editor: save a form", "questions": asked.questions, "cpu_s": round(seconds, 3),
            "bare_yaml_read_s": round(reading, 3), "ratio": round(seconds / reading, 1), "limit_s": LIMIT}  # fmt: skip
    print(json.dumps(told))
    return 0 if seconds <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())

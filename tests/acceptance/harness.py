"""What the acceptance tests share: running the programs, and the studies they run on."""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

SCENES = ("two_lesions", "healthy", "tilted", "missing_slice", "two_phases", "coronal_order")


class Programs:
    def __init__(self, arguments):
        self.downstage = arguments.downstage
        self.phantom = arguments.phantom
        self.evaluate = arguments.evaluate
        self.source = pathlib.Path(arguments.source)
        self.work = pathlib.Path(arguments.work)

    def study(self, scene):
        return self.work / "studies" / scene

    def measured(self, scene):
        return self.work / "measured" / scene

    def truth(self, scene):
        return json.loads((self.study(scene) / "truth.json").read_text())

    def run(self, *words, **kwargs):
        return subprocess.run([self.downstage, *map(str, words)], capture_output=True, text=True, check=False, **kwargs)

    def measure(self, study, out, *options):
        done = self.run("measure", study, "-o", out, *options)
        assert done.returncode == 0, f"exit {done.returncode}: {done.stderr}"
        return json.loads((pathlib.Path(out) / "measurements.json").read_text())


def parse(with_case=True):
    parser = argparse.ArgumentParser()
    for name in ("downstage", "phantom", "evaluate", "source", "work"):
        parser.add_argument("--" + name, required=True)
    if with_case:
        parser.add_argument("case")
    arguments = parser.parse_args()
    return Programs(arguments), getattr(arguments, "case", None)


def run_case(cases):
    """Runs the case named on the command line in a scratch folder of its own."""
    programs, name = parse()
    case = cases[name]
    with tempfile.TemporaryDirectory() as scratch:
        try:
            case(programs, pathlib.Path(scratch))
        except AssertionError as failure:
            print(f"{name}: {failure}", file=sys.stderr)
            sys.exit(1)


def copy(study, to):
    shutil.copytree(study, to, ignore=shutil.ignore_patterns("truth.*"))
    return to


def images(folder):
    return sorted(p for p in pathlib.Path(folder).rglob("*") if p.is_file() and not p.name.startswith("truth."))

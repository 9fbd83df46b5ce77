#!/usr/bin/env python3
"""Everything that docs/accuracy.md tells, in one command: makes the suites, measures every study, compares with the truth.

    python3 apps/evaluate/run.py --build build/ci --data DATA -o OUT [--suites phantoms painted real] [--write-docs]
                                 [-- OPTIONS OF downstage measure]

DATA is ../shared/data unpacked, a folder an archive; without it only the phantoms are run. OUT keeps suites and results:
what is there already is not made again, so a broken run goes on where it was. Debian's python3-nibabel and python3-numpy.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import time

import nibabel
import numpy

TOP = pathlib.Path(__file__).resolve().parents[2]
PAINTED_BASES = {
    "crlm-1004": "crlm-ct/CRLM-CT-1004",
    "crlm-1006": "crlm-ct/CRLM-CT-1006",
    "ircadb-1.1": "ircadb-1.1/3Dircadb1/3Dircadb1.1/PATIENT_DICOM",
}
# case: label map of DATA, its liver labels, its tumour labels
LABELLED = {
    "crlm-1100": ("crlm-1100/CRLM-CT-1100_label_liver1_tumor2.nii.gz", [1, 2], [2]),
    "organ-slab": ("organ-labels/example_seg_dicom.nii.gz", [5], None),
    "organ-native": ("organ-labels/example_seg.nii.gz", [5], None),
}


def say(text):
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)


class Run:
    def __init__(self, options):
        self.bin = pathlib.Path(options.build).resolve() / "bin"
        self.data = pathlib.Path(options.data).resolve() if options.data else None
        self.out = pathlib.Path(options.output).resolve()
        self.measure_options = options.measure
        self.out.mkdir(parents=True, exist_ok=True)

    def program(self, name, *words):
        return subprocess.run([self.bin / name, *map(str, words)], capture_output=True, text=True, check=False)

    def must(self, name, *words):
        done = self.program(name, *words)
        if done.returncode != 0:
            sys.exit(f"{name} {' '.join(map(str, words))}: exit {done.returncode}: {done.stderr.strip()}")

    def measure(self, study, result, *more):
        """A study that cannot be measured has no measurements.json; the sentence that says why stands beside."""
        if (result / "measurements.json").exists() or (result / "refused.txt").exists():
            return
        begin = time.monotonic()
        done = self.program("downstage", "measure", study, "-o", result, "--quiet", *more, *self.measure_options)
        if done.returncode not in (0, 4):
            result.mkdir(parents=True, exist_ok=True)
            (result / "refused.txt").write_text(done.stderr)
        say(f"{result.name}: exit {done.returncode}, {time.monotonic() - begin:.0f} s {done.stderr.strip()}")

    # --- suites

    def phantoms(self):
        suite = self.out / "phantoms"
        if not suite.exists():
            self.must("downstage-phantom", "--suite", TOP / "testdata/suites/phantoms.json", *self.shapes(), "-o", suite)
        return suite

    def shapes(self):
        if not self.data:
            return []
        shapes = self.out / "shapes"
        if not shapes.exists():
            source = self.data / "liver-slices-and-shapes/liver-lesion-shapes"
            subprocess.run([sys.executable, TOP / "apps/phantom/unpack_shapes.py", source, shapes], check=True)
        return ["--shapes", shapes]

    def livers(self):
        """A liver for each base that has no reference: our own, as it is found in the unpainted study."""
        livers = self.out / "livers"
        livers.mkdir(exist_ok=True)
        for name, study in PAINTED_BASES.items():
            if not (livers / f"{name}.nii.gz").exists():
                self.measure(self.data / study, self.out / "bases" / name)
                shutil.copy(self.out / "bases" / name / "segmentation.nii.gz", livers / f"{name}.nii.gz")
        return livers

    def painted(self):
        suite = self.out / "painted"
        if not suite.exists():
            self.must("downstage-phantom", "--suite", TOP / "testdata/suites/painted.json", "--paint", self.data,
                      "--livers", self.livers(), *self.shapes(), "-o", suite)
        return suite

    def real(self):
        """Every real CT as it is. Truth is what its labels say; a study without labels is only listed."""
        suite = self.out / "real"
        suite.mkdir(exist_ok=True)
        cases = []
        for name in (*LABELLED, *PAINTED_BASES):
            folder = suite / name
            folder.mkdir(exist_ok=True)
            if not (folder / "study").exists():
                (folder / "study").symlink_to(self.unpainted(name))
            self.write_truth(name, folder)
            cases.append({"case": name, "kind": "real", "base": name})
        (suite / "index.json").write_text(json.dumps({"cases": cases}, indent=1))
        return suite

    def unpainted(self, name):
        """The base as the painted suite writes it: DICOM, whatever it was."""
        index = json.loads((self.painted() / "index.json").read_text())
        for case in index["cases"]:
            truth = json.loads((self.out / "painted" / case["case"] / "truth.json").read_text())
            if case["base"] == name and not truth["lesions"]:
                return self.out / "painted" / case["case"] / "study"
        sys.exit(f"the painted suite has no unpainted copy of {name}")

    def write_truth(self, name, folder):
        truth = {"lesions": [], "lesions_known": False, "liver_source": "measured"}
        if name in LABELLED:
            file, liver, tumour = LABELLED[name]
            image = nibabel.load(self.data / file)
            labels = numpy.asarray(image.dataobj).round().astype(numpy.uint8)
            own = numpy.isin(labels, liver).astype(numpy.uint8)
            voxel_ml = abs(numpy.linalg.det(image.affine[:3, :3])) / 1000.0
            truth |= {"liver_source": "reference", "liver_volume_ml": round(float(own.sum() * voxel_ml), 3)}
            if tumour:
                own[numpy.isin(labels, tumour)] = 2
            nibabel.save(nibabel.Nifti1Image(own, image.affine), folder / "truth.nii.gz")
            if tumour:
                truth |= {"lesions_known": True, "lesions": self.reference_sizes(name, folder)}
        (folder / "truth.json").write_text(json.dumps(truth, indent=1))

    def reference_sizes(self, name, folder):
        """The mask's own diameters, by the same rules on the same grid as everything else."""
        result = self.out / "references" / name
        self.measure(folder / "study", result, "--segmentation", folder / "truth.nii.gz")
        found = json.loads((result / "measurements.json").read_text())["lesions"]
        return [{"name": f"reference {one['id']}", "kind": "tumour", "long_axis_mm": one["longest_diameter_mm"],
                 "short_axis_mm": one["short_axis_mm"], "volume_ml": one["volume_ml"]} for one in found]

    # --- figures

    def evaluate(self, name):
        suite = getattr(self, name)()
        for case in json.loads((suite / "index.json").read_text())["cases"]:
            self.measure(suite / case["case"] / "study", self.out / "results" / name / case["case"])
        self.must("downstage-evaluate", suite, self.out / "results" / name, "-o", self.out / "figures" / name)
        say(f"{name}: {self.out / 'figures' / name / 'accuracy.md'}")

    def write_docs(self, name):
        """Between the marks of docs/accuracy.md, and the plots beside the other pictures."""
        figures = self.out / "figures" / name
        begin, end = f"<!-- {name}: made by apps/evaluate/run.py -->\n", f"<!-- end of {name} -->\n"
        page = TOP / "docs" / "accuracy.md"
        text = page.read_text()
        if begin not in text or end not in text:
            sys.exit(f"{page} has no place for {name}: it needs the lines '{begin.strip()}' and '{end.strip()}'")
        head, rest = text.split(begin, 1)
        page.write_text(head + begin + (figures / "accuracy.md").read_text() + end + rest.split(end, 1)[1])
        for plot in ("sensitivity", "agreement", "calibration"):
            shutil.copy(figures / f"{plot}.svg", TOP / "docs" / "images" / f"{name}-{plot}.svg")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, help="a build folder with the programs")
    parser.add_argument("--data", help="the unpacked development data")
    parser.add_argument("-o", "--output", required=True, help="where suites, results and figures go")
    parser.add_argument("--suites", nargs="+", choices=("phantoms", "painted", "real"))
    parser.add_argument("--write-docs", action="store_true", help="put tables and plots into docs/")
    parser.add_argument("measure", nargs="*", help="after --: more options of downstage measure")
    options = parser.parse_args()
    run = Run(options)
    for name in options.suites or (("phantoms", "painted", "real") if options.data else ("phantoms",)):
        run.evaluate(name)
        if options.write_docs:
            run.write_docs(name)


main()

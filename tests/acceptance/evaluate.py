"""downstage-evaluate: what it says of results that are right, wrong, or not there."""
import csv
import json
import subprocess

import harness
import nibabel
import numpy


def make_suite(programs, scratch, cases):
    """A suite whose truth is what `measure` finds in the study of the two lesions."""
    measured = programs.measured("two_lesions")
    for case in cases:
        folder = scratch / "suite" / case
        folder.mkdir(parents=True)
        (folder / "truth.json").write_text(json.dumps(programs.truth("two_lesions")))
        (folder / "truth.nii.gz").write_bytes((measured / "segmentation.nii.gz").read_bytes())
    index = {"cases": [{"case": case, "kind": "phantom", "base": ""} for case in cases]}
    (scratch / "suite" / "index.json").write_text(json.dumps(index))
    return measured


def give_result(scratch, measured, case):
    folder = scratch / "results" / case
    folder.mkdir(parents=True)
    for name in ("measurements.json", "segmentation.nii.gz"):
        (folder / name).write_bytes((measured / name).read_bytes())
    return folder


def evaluate(programs, scratch):
    words = [programs.evaluate, scratch / "suite", scratch / "results", "-o", scratch / "out"]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def lines_of(scratch):
    with open(scratch / "out" / "lesions.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def its_own_result_is_perfect(programs, scratch):
    measured = make_suite(programs, scratch, ["a"])
    give_result(scratch, measured, "a")
    done = evaluate(programs, scratch)
    assert done.returncode == 0, done.stderr
    lines = lines_of(scratch)
    assert [line["found"] for line in lines] == ["1", "1"]
    assert [line["dice"] for line in lines] == ["1.000", "1.000"]
    text = (scratch / "out" / "accuracy.md").read_text()
    assert "| false findings a study | 0.00 (0 in 1) |" in text, text
    for plot in ("sensitivity", "agreement", "calibration"):
        assert (scratch / "out" / f"{plot}.svg").read_text().endswith("</svg>\n")


def missed_and_false_lesions_are_counted(programs, scratch):
    """The second lesion's label is moved to a place where nothing is: one is missed, and one is false."""
    measured = make_suite(programs, scratch, ["a"])
    folder = give_result(scratch, measured, "a")
    image = nibabel.load(folder / "segmentation.nii.gz")
    labels = numpy.asarray(image.dataobj).copy()
    labels[labels == 3] = 1
    free = numpy.argwhere(labels == 1)[len(numpy.argwhere(labels == 1)) // 2]
    labels[tuple(free)] = 3
    nibabel.save(nibabel.Nifti1Image(labels, image.affine, image.header), folder / "segmentation.nii.gz")
    done = evaluate(programs, scratch)
    assert done.returncode == 0, done.stderr
    assert [line["found"] for line in lines_of(scratch)] == ["1", "0"]
    assert "| false findings a study | 1.00 (1 in 1) |" in (scratch / "out" / "accuracy.md").read_text()


def unmeasured_case_misses_all(programs, scratch):
    measured = make_suite(programs, scratch, ["a", "b"])
    give_result(scratch, measured, "a")
    done = evaluate(programs, scratch)
    assert done.returncode == 0, done.stderr
    assert [line["found"] for line in lines_of(scratch)] == ["1", "1", "0", "0"]
    assert "| studies (of these not measured) | 2 (1) |" in (scratch / "out" / "accuracy.md").read_text()


def broken_suite_is_refused(programs, scratch):
    make_suite(programs, scratch, ["a"])
    (scratch / "suite" / "a" / "truth.json").write_text('{"lesions": [{}]}')
    done = evaluate(programs, scratch)
    assert done.returncode == 3, done.returncode
    assert "truth.json" in done.stderr and done.stderr.count("\n") == 1, done.stderr
    assert not (scratch / "out").exists()


harness.run_case({case.__name__: case for case in (
    its_own_result_is_perfect, missed_and_false_lesions_are_counted, unmeasured_case_misses_all,
    broken_suite_is_refused)})

"""Bad input: its exit status, one clear sentence, and no output left (issue 4, what must be shown, 3)."""
import os
import pathlib
import subprocess
import zipfile

import harness

DONE, OWN_ERROR, USAGE, INPUT = 0, 1, 2, 3


def refused(done, status, *words):
    """One sentence on standard error that holds `words`, nothing on standard output, and the status."""
    assert done.returncode == status, f"exit {done.returncode}, not {status}: {done.stderr}"
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, f"{len(lines)} lines: {done.stderr}"
    assert lines[0].startswith("downstage: "), lines[0]
    assert done.stdout == "", f"on standard output: {done.stdout}"
    for word in words:
        assert word in lines[0], f"'{word}' is not in: {lines[0]}"


def nothing_left(scratch, *kept):
    left = {p.name for p in pathlib.Path(scratch).iterdir()} - set(kept)
    assert not left, f"left behind: {left}"


def measure_refused(programs, scratch, study, status, words, options=(), kept=("study",)):
    refused(programs.run("measure", study, "-o", scratch / "new" / "out", *options), status, *words)
    nothing_left(scratch, *kept)


def study_of(programs, scratch):
    return harness.copy(programs.study("two_lesions"), scratch / "study")


def edit(file, *changes):
    subprocess.run(["dcmodify", "-nb", "-ie", *changes, str(file)], check=True, capture_output=True)


def empty_folder(programs, scratch):
    (scratch / "study").mkdir()
    measure_refused(programs, scratch, scratch / "study", INPUT, ["study", "DICOM"])


def text_files(programs, scratch):
    (scratch / "study").mkdir()
    for n in range(3):
        (scratch / "study" / f"{n}.txt").write_text("not an image\n" * 50)
    measure_refused(programs, scratch, scratch / "study", INPUT, ["study", "DICOM"])


def truncated_pixels(programs, scratch):
    study = study_of(programs, scratch)
    file = harness.images(study)[30]
    os.truncate(file, file.stat().st_size // 2)
    measure_refused(programs, scratch, study, INPUT, [file.name])


def no_position(programs, scratch):
    study = study_of(programs, scratch)
    for file in harness.images(study):
        edit(file, "-e", "(0020,0032)")
    measure_refused(programs, scratch, study, INPUT, ["ImagePositionPatient"])


def one_slice(programs, scratch):
    study = study_of(programs, scratch)
    for file in harness.images(study)[1:]:
        file.unlink()
    measure_refused(programs, scratch, study, INPUT, ["one slice"])


def two_patients(programs, scratch):
    study = study_of(programs, scratch)
    other = harness.copy(programs.study("healthy"), study / "other")
    for file in harness.images(other):
        edit(file, "-m", "(0010,0020)=SOMEBODY-ELSE", "-gst")
    measure_refused(programs, scratch, study, INPUT, ["2 different patients"])
    done = programs.run("measure", study, "-o", scratch / "out")
    assert "SOMEBODY" not in done.stderr, "the message names a patient"


def unmeasured_modality(programs, scratch):
    study = study_of(programs, scratch)
    for file in harness.images(study):
        edit(file, "-m", "(0008,0060)=PT", "-m", "(0008,0016)=1.2.840.10008.5.1.4.1.1.128")
    measure_refused(programs, scratch, study, INPUT, ["PT"])


def unreadable_file(programs, scratch):
    study = study_of(programs, scratch)
    file = harness.images(study)[30]
    os.truncate(file, 400)
    measure_refused(programs, scratch, study, INPUT, [file.name, "--allow-broken"])


def full_disk(programs, scratch):
    # A limit on the size of files stands for the full disk: the write fails half way in the same manner.
    import resource

    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    done = programs.run("measure", programs.study("two_lesions"), "-o", scratch / "out", preexec_fn=limit)
    refused(done, OWN_ERROR, "make room")
    nothing_left(scratch)


def unwritable_folder(programs, scratch):
    (scratch / "file").write_text("in the way")
    done = programs.run("measure", programs.study("two_lesions"), "-o", scratch / "file" / "out")
    refused(done, USAGE, "-o")
    done = programs.run("measure", programs.study("two_lesions"), "-o", "/proc/downstage")
    refused(done, USAGE, "/proc/downstage", "-o")
    nothing_left(scratch, "file")


def unknown_option(programs, scratch):
    done = programs.run("measure", programs.study("two_lesions"), "-o", scratch / "out", "--sharpen")
    refused(done, USAGE, "--sharpen", "--help")
    nothing_left(scratch)


def missing_argument(programs, scratch):
    refused(programs.run("measure", programs.study("two_lesions")), USAGE, "--output")
    refused(programs.run(), USAGE, "--help")
    nothing_left(scratch)


def mask_elsewhere(programs, scratch):
    import nibabel
    import numpy

    far = numpy.diag([-1.0, -1.0, 1.0, 1.0])
    far[:3, 3] = [5000.0, 5000.0, 5000.0]
    mask = scratch / "mask.nii.gz"
    nibabel.save(nibabel.Nifti1Image(numpy.ones((20, 20, 20), numpy.uint8), far), mask)
    measure_refused(programs, scratch, programs.study("two_lesions"), INPUT, ["overlap"],
                    ["--segmentation", mask], ["mask.nii.gz"])


def seed_outside_body(programs, scratch):
    measure_refused(programs, scratch, programs.study("two_lesions"), USAGE, ["seed"], ["--seed", "900,900,900"], [])


def missing_folder(programs, scratch):
    measure_refused(programs, scratch, scratch / "nowhere", INPUT, ["nowhere"])


def unknown_series(programs, scratch):
    measure_refused(programs, scratch, programs.study("two_lesions"), USAGE, ["1.2.3.4.5"], ["--series", "1.2.3.4.5"], [])


def bad_seed(programs, scratch):
    measure_refused(programs, scratch, programs.study("two_lesions"), USAGE, ["1,2"], ["--seed", "1,2"], [])
    measure_refused(programs, scratch, programs.study("two_lesions"), USAGE, ["x"], ["--seed", "1,2,x"], [])


def bad_clinical(programs, scratch):
    facts = scratch / "clinical.json"
    facts.write_text('{"macrovascular_invasion": "perhaps"}')
    measure_refused(programs, scratch, programs.study("two_lesions"), USAGE, ["clinical.json", "macrovascular_invasion"],
                    ["--clinical", facts], ["clinical.json"])


def zip_with_escaping_path(programs, scratch):
    archive = scratch / "study.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.write(harness.images(programs.study("two_lesions"))[0], "../../escaped.dcm")
    measure_refused(programs, scratch, archive, INPUT, ["study.zip"], kept=["study.zip"])
    assert not (scratch.parent.parent / "escaped.dcm").exists(), "a file escaped"


def missing_slice_in_liver(programs, scratch):
    measure_refused(programs, scratch, programs.study("missing_slice"), INPUT, ["missing", "mm", "--allow-gaps"], kept=[])


CASES = {name: case for name, case in globals().items() if callable(case) and getattr(case, "__module__", "") == "__main__"}

if __name__ == "__main__":
    harness.run_case(CASES)

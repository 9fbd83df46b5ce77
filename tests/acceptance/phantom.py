"""The phantom program: old scenes, suites, tumours painted into a study, MR."""
import hashlib
import json
import pathlib
import subprocess

import nibabel
import numpy

import harness

# SHA-256 over names and bytes of the DICOM files, as they were before scenes could say more (this_code: they guard
# against change, not against error).
OLDER = {
    "two_lesions": "5aff06c1f94ee7bc36c0b4c27a38bd419a0b6dff62ca8099e30b745c998a9b7f",
    "tilted": "9e6a86b0400ae8bf31613f478e9ac73c1f05905280f46ae887795d894f86097b",
    "two_phases": "b8d38903ed450ffb4f8e7a4403012fde80d1db58fc58a757cc5f5451614657ec",
    "coronal_order": "23a31e8a92ed92ef95d8abe7ea0aa6097b65349b494a27689170573416825960",
}

SMALL = {"columns": 64, "rows": 64, "slices": 10, "column_spacing_mm": 6, "row_spacing_mm": 6,
         "slice_spacing_mm": 16, "slice_thickness_mm": 3, "centre_mm": [0, 0, 0], "noise_hu": {"from": 5, "to": 10}}

SUITE = {
    "name": "small", "seed": 3,
    "common": {"anatomy": {"kind": "varied", "seed": {"from": 1, "to": 99, "whole": True}}, "textured": True,
               "deformation": {"sd_mm": 3}, "acquisition": SMALL},
    "cases": [
        {"name": "dark", "kind": "phantom", "count": 2, "scene": {"lesions": [
            {"repeat": 2, "of": {"name": "dark", "shape": "lobed", "lobes": 2, "long_axis_mm": {"from": 25, "to": 40},
                                 "seed": {"from": 1, "to": 999, "whole": True}, "place": "deep", "contrast_hu": -40}}]}},
        {"name": "mr", "kind": "mr", "count": 1, "scene": {"passes": [{"sequence": "t2", "bias": 0.1}]}},
    ],
}


def phantom(programs, *words):
    return subprocess.run([programs.phantom, *map(str, words)], capture_output=True, text=True, check=False)


def made(programs, out, *words):
    done = phantom(programs, *words, "-o", out)
    assert done.returncode == 0, f"exit {done.returncode}: {done.stderr}"
    return out


def digest(folder, pattern="*"):
    everything = hashlib.sha256()
    for file in sorted(p for p in pathlib.Path(folder).rglob(pattern) if p.is_file()):
        everything.update(file.relative_to(folder).as_posix().encode())
        everything.update(file.read_bytes())
    return everything.hexdigest()


def written(folder, document):
    file = folder / "suite.json"
    file.write_text(json.dumps(document))
    return file


def hu_of(study, rows=256, columns=256):
    """Our files end with their pixels, 16 bits each, 1024 more than HU."""
    size = 2 * rows * columns
    slices = [numpy.frombuffer(file.read_bytes()[-size:], "<u2") for file in sorted(pathlib.Path(study).rglob("*.dcm"))]
    return numpy.stack(slices).reshape(-1, rows, columns).astype(int) - 1024


def labels_of(case):
    image = nibabel.load(case / "truth.nii.gz")
    labels = numpy.asanyarray(image.dataobj).transpose(2, 1, 0)  # slices, rows, columns as in the DICOM files
    return labels, abs(numpy.linalg.det(image.affine[:3, :3])) / 1000.0


def older_scenes_keep_their_bytes(programs, _scratch):
    for scene, expected in OLDER.items():
        assert digest(programs.study(scene), "*.dcm") == expected, f"{scene} has changed"


def truth_labels_hold_the_true_volumes(programs, _scratch):
    truth = programs.truth("two_lesions")
    labels, voxel_ml = labels_of(programs.study("two_lesions"))
    whole_ml = (labels > 0).sum() * voxel_ml
    # Veins, gallbladder and tilt are not in this scene; voxels of 1.5 x 1.5 x 3 mm count a liver to 1 %.
    assert abs(whole_ml / truth["liver_volume_ml"] - 1) < 0.01, whole_ml
    for number, lesion in enumerate(truth["lesions"], start=2):
        volume_ml = (labels == number).sum() * voxel_ml
        assert abs(volume_ml / lesion["volume_ml"] - 1) < 0.05, (lesion["name"], volume_ml)


def suite_is_the_same_twice(programs, scratch):
    file = written(scratch, SUITE)
    first = made(programs, scratch / "first", "--suite", file, "--threads", 1)
    second = made(programs, scratch / "second", "--suite", file, "--threads", 3)
    assert digest(first) == digest(second), "two runs differ"
    index = json.loads((first / "index.json").read_text())
    assert [case["case"] for case in index["cases"]] == ["dark-1", "dark-2", "mr-1"], index
    scenes = [json.loads((first / case / "scene.json").read_text()) for case in ("dark-1", "dark-2")]
    assert scenes[0]["anatomy"]["seed"] != scenes[1]["anatomy"]["seed"], "two cases were drawn alike"
    assert len(json.loads((first / "dark-1" / "truth.json").read_text())["lesions"]) == 2


def painted_study_changes_only_its_lesions(programs, scratch):
    bases = scratch / "bases"
    bases.mkdir()
    (bases / "image").symlink_to(programs.study("healthy") / "series-1")
    (bases / "liver.nii.gz").symlink_to(programs.study("healthy") / "truth.nii.gz")
    known = {"centre_mm": [-60, 0, 0], "radius_mm": 20}
    suite = {"name": "painted", "seed": 1,
             "bases": [{"name": "healthy", "image": "image", "liver": "liver.nii.gz", "studies": 1, "known": [known]}],
             "lesions": [{"repeat": 2, "of": {"long_axis_mm": {"any": [30, 40]}, "contrast_hu": -45, "edge_px": 0.3}}]}
    out = made(programs, scratch / "out", "--suite", written(scratch, suite), "--paint", bases)
    plain, painted = (hu_of(out / name / "study") for name in ("healthy-unpainted", "healthy-1"))
    labels, _ = labels_of(out / "healthy-1")
    truth = json.loads((out / "healthy-1" / "truth.json").read_text())
    assert len(truth["lesions"]) == 2, truth
    for number, lesion in enumerate(truth["lesions"], start=2):
        inside = (painted - plain)[labels == number].mean()
        assert -47 < inside < -35, inside  # -45 less the soft edge
        away = numpy.linalg.norm(numpy.subtract(lesion["centre_mm"], known["centre_mm"]))
        assert away > known["radius_mm"] + 10, "painted over what is known"
    changed = painted != plain
    near = labels >= 2
    for _ in range(4):  # voxels: 6 mm in plane, more than twelve widths of the edge
        grown = near.copy()
        for axis in range(3):
            grown |= numpy.roll(near, 1, axis) | numpy.roll(near, -1, axis)
        near = grown
    assert not changed[~near].any(), "something changed away from the tumours"
    assert not changed[labels == 0].any(), "a deep tumour changed what is not liver"


def mr_scene_is_an_mr_study(programs, scratch):
    out = made(programs, scratch / "out", "--suite", written(scratch, SUITE))
    file = next((out / "mr-1" / "study").rglob("*.dcm"))
    header = subprocess.run(["dcmdump", file], capture_output=True, text=True, check=True).stdout
    assert "=MRImageStorage" in header and "[MR]" in header, header


def wrong_suite_is_told(programs, scratch):
    wrong = json.loads(json.dumps(SUITE))
    wrong["cases"][0]["scene"]["lesions"][0]["of"]["lobse"] = 3
    done = phantom(programs, "--suite", written(scratch, wrong), "-o", scratch / "out")
    assert done.returncode == 2 and "lobse" in done.stderr, done.stderr
    assert not (scratch / "out").exists(), "a failed run left something behind"


if __name__ == "__main__":
    harness.run_case({case.__name__: case for case in (
        older_scenes_keep_their_bytes, truth_labels_hold_the_true_volumes, suite_is_the_same_twice,
        painted_study_changes_only_its_lesions, mr_scene_is_an_mr_study, wrong_suite_is_told)})

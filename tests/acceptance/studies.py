"""Renders the phantom studies that the other acceptance tests measure, and measures the first of them once."""
import shutil
import subprocess

import harness

programs, _ = harness.parse(with_case=False)
for scene in harness.SCENES:
    folder = programs.study(scene)
    shutil.rmtree(folder, ignore_errors=True)
    description = programs.source / "testdata" / "phantoms" / f"{scene}.json"
    subprocess.run([programs.phantom, description, "-o", folder], check=True)
shutil.rmtree(programs.measured(harness.SCENES[0]), ignore_errors=True)
programs.measure(programs.study(harness.SCENES[0]), programs.measured(harness.SCENES[0]))

"""Renders the phantom studies that the other acceptance tests measure."""
import shutil
import subprocess

import harness

programs, _ = harness.parse(with_case=False)
for scene in harness.SCENES:
    folder = programs.study(scene)
    shutil.rmtree(folder, ignore_errors=True)
    description = programs.source / "testdata" / "phantoms" / f"{scene}.json"
    subprocess.run([programs.phantom, description, "-o", folder], check=True)

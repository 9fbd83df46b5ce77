"""The model card and the licence note, from the manifest: what a reader of the package needs to know."""

import json
from pathlib import Path

LICENCE_LINKS = {"CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/legalcode",
                 "CC-BY-NC-SA-4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode"}

LABEL_NOTE = """
The tumour labels are those of the Medical Segmentation Decathlon, which publishes them under CC BY-SA 4.0. Here they were
reached through a redistribution (the ULS23 challenge) that is said to be CC BY-NC-SA 4.0, the stricter of the two
statements, so this package is CC BY-NC-SA 4.0 and a build can leave it out. Trained again by
`python -m downstage_train task03` from the Decathlon's own folder, the weights are free of that term.
"""


def licence_text(facts: dict) -> str:
    name = facts["licence"]
    lines = [f"The files of this folder are licensed {name}: {LICENCE_LINKS[name]}", "",
             f"Attribution: {facts['attribution']}.", "",
             "The weights are derived from those images and labels. The program that reads them is a separate work under",
             "its own licence."]
    return "\n".join(lines) + "\n" + (LABEL_NOTE if facts["name"] == "lesion" else "")


def _liver_row(title: str, facts: dict) -> str:
    return (f"| {title} | {facts['slices']} / {facts['patients']} | {facts['dice_pooled']:.3f} | "
            f"{facts['dice_patient_mean']:.3f} | {facts['dice_patient_worst']:.3f} | {facts['dice_slice_median']:.3f} | "
            f"{facts['tumour_pixels_inside']:.3f} |")


GROUPS = {"validation": "validation, 26 patients", "validation_20": "of these the 20 the reference never saw",
          "ircadb": "3D-IRCADb part"}


def liver_tables(figures: dict) -> str:
    lines = ["| set | slices / patients | Dice pooled | patient mean | worst patient | slice median | tumour inside |",
             "| --- | --- | --- | --- | --- | --- | --- |"]
    for key, title in GROUPS.items():
        for who, report in (("this network", figures["slices"]), ("reference", figures.get("reference", {}))):
            if key in report:
                lines.append(_liver_row(f"{title}: {who}", report[key]["liver"]))
    lines.append("")
    if "volumes" in figures:
        lines += ["| whole volume | Dice 3-D, this network | reference |", "| --- | --- | --- |"]
        lines += [f"| {name} | {v['dice']:.3f} | {figures['reference_volumes'][name]['dice']:.3f} |"
                  for name, v in figures["volumes"].items()]
    return "\n".join(lines) + "\n"


def _lesion_row(title: str, facts: dict) -> str:
    return (f"| {title} | {', '.join(facts['found_by_size'])} | {facts['found_ge10']} | {facts['patients_found']} | "
            f"{facts['false_per_slice']} / {facts['false_ge10_per_slice']} | {facts['tumour_free_slices_with_false']} | "
            f"{facts['dice_pooled']} | {facts['dice_found_sections_ge10']} | {facts['diameter_median_error_mm']} / "
            f"{facts['diameter_median_absolute_mm']} |")


def lesion_tables(figures: dict) -> str:
    lines = []
    for key, title in GROUPS.items():
        lines += ["", f"{title[0].upper()}{title[1:]}:", "",
                  "| network, liver mask, rule | found < 10, 10-20, 20-40, > 40 mm | >= 10 mm | patients | false a slice, all / >= 10 mm "
                  "| tumour-free slices with one | Dice pooled | Dice of found >= 10 mm | longest diameter, median error / absolute (mm) |",
                  "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"]
        for who, report in (("this", figures["slices"]), ("reference", figures.get("reference", {}))):
            for part, mask in (("lesion_reference_liver", "true"), ("lesion_end_to_end", "predicted")):
                facts = report.get(key, {}).get(part)
                if facts:
                    lines += [_lesion_row(f"{who}, {mask}, peak {p}", facts[f"peak_{p}"]) for p in ("0.7", "0.8", "0.9")]
                    lines.append(_lesion_row(f"{who}, {mask}, plain 0.5", facts["plain_0.5"]))
    lines += ["", "Reliability, end to end, validation: regions at 0.4 by their peak (95th percentile), and how many touch a tumour:", "",
              "| peak | regions | real |", "| --- | --- | --- |"]
    lines += [f"| {row['peak'][0]} - {row['peak'][1]} | {row['regions']} | {row['real']} |"
              for row in figures["slices"]["validation"]["lesion_end_to_end"]["reliability"]]
    return "\n".join(lines) + "\n"


def card_text(facts: dict) -> str:
    figures, name = facts["figures"], facts["name"]
    tables = liver_tables(figures) if name == "liver" else lesion_tables(figures)
    training = figures.get("training", {})
    return f"""# {name} {facts['version']}

{facts['intended_use']}

Licence of the weights: {facts['licence']} (LICENSE.md). {facts['attribution']}.

## Made from

{facts['training_data'][0].upper()}{facts['training_data'][1:]}.

Held out of everything: the 26 volumes that `apps/train/downstage_train/data.py` names (by patient). 3D-IRCADb (MSD cases
28 to 47) is a second test set and never trained on. {training.get('words', '')}

Made by, in the repository: `sh apps/train/run.sh DATA OUT` (seed {training.get('seed', 1)}; {training.get('steps', '?')} steps in
{training.get('minutes', '?')} minutes on two shared CPU cores; by the clock, so a repetition has other steps unless `--steps` fixes them).

## Measured

"Reference" is the network of the earlier note, run over exactly the same slices with the same rules; it had seen 6 of the 26
validation volumes. Slices are resampled to the network's pixel and back by the manifest's rules.

{tables}
{figures.get('remarks', '')}

## Limits

{facts['limits']}
"""


def write_card(folder: Path) -> None:
    facts = json.loads((folder / "manifest.json").read_text())
    (folder / "README.md").write_text(card_text(facts))
    (folder / "LICENSE.md").write_text(licence_text(facts))

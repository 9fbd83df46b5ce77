"""`python -m downstage_train STEP ...`: task03, train, evaluate, export. See the README beside this folder."""

import argparse
import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from . import card, evaluate, export, fit, lesion, liver, package, shapes, task03, volumes
from .data import Slices, Split, load_slices, split
from .lesion_samples import PIXEL_MM as LESION_PIXEL_MM
from .lesion_samples import LesionSampler
from .liver_samples import CLIP_HU, LiverSampler
from .model import SliceNet


@dataclass(frozen=True)
class Material:
    split: Split
    bank: shapes.ShapeBank


def load_split(options: argparse.Namespace) -> Split:
    return split(load_slices(options.data / "msd-tumour-slices" / "slices.npz"), options.folds, options.fold,
                 options.seed)


def load_material(options: argparse.Namespace) -> Material:
    """The slices, and the tumour outlines of the patients that are trained on."""
    parts = load_split(options)
    cases = frozenset(int(c) for c in np.unique(parts.train.case) if c >= 0)
    shape_set = options.data / "liver-lesion-shapes"
    sections = shapes.load_sections(shape_set, cases) if shape_set.exists() else shapes.sections_of_slices(parts.train)
    return Material(parts, shapes.make_bank(sections, shapes.collect_patches(parts.train, CLIP_HU)))


def prepare(options: argparse.Namespace) -> None:
    print(f"{task03.prepare(options.task03, options.out)} slices")


def _plan(own, options: argparse.Namespace) -> fit.Plan:
    plan = own.plan(options.minutes, options.seed, options.steps, options.workers)
    return dataclasses.replace(plan, learning_rate=options.rate) if options.rate else plan


def train(options: argparse.Namespace) -> None:
    torch.set_num_threads(options.threads)
    material = load_material(options)
    slices, held_out = material.split.train, material.split.validation
    if options.network == "liver":
        fit.fit(fit.Run(_plan(liver, options), options.out, options.start), LiverSampler(slices, material.bank), liver.loss,
                liver.look(held_out))
        return
    masks = _liver_masks(options, slices) if options.liver else None
    fit.fit(fit.Run(_plan(lesion, options), options.out, options.start), LesionSampler(slices, material.bank, masks), lesion.loss,
            lesion.look(held_out))


def _liver_masks(options: argparse.Namespace, slices: Slices) -> np.ndarray:
    """What the liver network finds in the training slices; kept beside the run, so that it goes on with the same."""
    kept = options.out / "liver_masks.npy"
    if not kept.exists():
        options.out.mkdir(parents=True, exist_ok=True)
        np.save(kept, liver.predict(liver.runner(options.liver), slices) > 0.5)
    return np.load(kept)


def write_package(options: argparse.Namespace) -> None:
    """Weights to a package without figures; `evaluate` adds them and writes the card."""
    own = liver if options.network == "liver" else lesion
    net = SliceNet(own.CHANNELS, own.BASE)
    net.load_state_dict(torch.load(options.weights, map_location="cpu", weights_only=True))
    model = options.out / "model.onnx"
    export.export(net, own.CHANNELS, any_size=options.network == "liver", path=model)
    pictures = np.random.default_rng(1).random((2, own.CHANNELS, 256, 256), np.float32)
    difference = export.largest_difference(net, model, pictures)
    package.write_manifest(options.out, options.network, {}, options.licence)
    print(f"{model}: {model.stat().st_size} bytes, {difference:.1e} from the framework in ONNX Runtime")


def _training_facts(run_folder: Path, seed: int) -> dict:
    lines = [json.loads(line) for line in (run_folder / fit.LOG).read_text().splitlines()]
    return {"seed": seed, "steps": lines[-1]["step"], "minutes": round(lines[-1]["minutes"]),
            "words": "", "course": lines}


def _volume_figures(run, options: argparse.Namespace) -> dict:
    """Whole labelled volumes: CT=LABELS=NUMBER[,NUMBER...] each."""
    facts = {}
    for given in options.volume:
        ct, labels, numbers = given.split("=")
        facts[Path(ct).name] = volumes.liver_figures(run, Path(ct), Path(labels),
                                                     tuple(int(n) for n in numbers.split(",")))
    return facts


def measure(options: argparse.Namespace) -> None:
    torch.set_num_threads(options.threads)
    networks = evaluate.of_packages(options.liver / "model.onnx",
                                    options.lesion / "model.onnx" if options.lesion else None, options.lesion_pixel)
    facts = {"slices": evaluate.evaluate_split(networks, load_split(options)),
             "volumes": _volume_figures(networks.liver, options)}
    options.out.write_text(json.dumps(facts, indent=1) + "\n")


def write_card(options: argparse.Namespace) -> None:
    """Figures that `evaluate` wrote into the manifest, and the card made of it."""
    figures = json.loads(options.figures.read_text())
    if options.reference:
        other = json.loads(options.reference.read_text())
        figures |= {"reference": other["slices"], "reference_volumes": other["volumes"]}
    drop = "lesion_" if options.network == "liver" else "liver"
    for report in (figures["slices"], figures.get("reference", {})):
        for facts in report.values():
            for key in [k for k in facts if k.startswith(drop)]:
                del facts[key]
    if options.network == "lesion":
        figures = {k: v for k, v in figures.items() if "volumes" not in k}
    figures["training"] = _training_facts(options.run, options.seed)
    if options.remarks:
        figures["remarks"] = options.remarks.read_text()
    package.write_manifest(options.package, options.network, figures, options.licence)
    card.write_card(options.package)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="downstage_train")
    steps = parser.add_subparsers(dest="what", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, help="folder that holds msd-tumour-slices and liver-lesion-shapes")
    common.add_argument("--seed", type=int, default=1)
    common.add_argument("--folds", type=int, default=0, help="0: the fixed split; 5 with --fold 0..4: by patient")
    common.add_argument("--fold", type=int, default=0)
    common.add_argument("--threads", type=int, default=2)
    common.add_argument("--licence", default="", help="of the weights, where it is not the usual one")

    one = steps.add_parser("task03", help="the Decathlon's Task03_Liver folder to slices.npz")
    one.add_argument("--task03", type=Path, required=True)
    one.add_argument("--out", type=Path, required=True)
    one.set_defaults(do=prepare)

    one = steps.add_parser("train", parents=[common], help="a run that goes on where it stopped")
    one.add_argument("network", choices=("liver", "lesion"))
    one.add_argument("--out", type=Path, required=True)
    one.add_argument("--liver", type=Path, help="liver weights.pt or model.onnx whose masks the lesion network sees")
    one.add_argument("--minutes", type=float, default=45.0)
    one.add_argument("--steps", type=int, default=0, help="instead of minutes: repeatable to the step")
    one.add_argument("--start", type=Path, help="weights.pt to start from")
    one.add_argument("--rate", type=float, default=0.0, help="highest learning rate, where it is not the usual one")
    one.add_argument("--workers", type=int, default=1)
    one.set_defaults(do=train)

    one = steps.add_parser("export", parents=[common])
    one.add_argument("network", choices=("liver", "lesion"))
    one.add_argument("--weights", type=Path, required=True)
    one.add_argument("--out", type=Path, required=True)
    one.set_defaults(do=write_package)

    one = steps.add_parser("evaluate", parents=[common])
    one.add_argument("--liver", type=Path, required=True, help="package folder")
    one.add_argument("--lesion", type=Path, help="package folder")
    one.add_argument("--lesion-pixel", type=float, default=LESION_PIXEL_MM, help="of the lesion package, mm")
    one.add_argument("--volume", action="append", default=[], help="CT=LABELS=NUMBER,... a labelled NIfTI volume")
    one.add_argument("--out", type=Path, required=True)
    one.set_defaults(do=measure)

    one = steps.add_parser("card", parents=[common])
    one.add_argument("network", choices=("liver", "lesion"))
    one.add_argument("--figures", type=Path, required=True)
    one.add_argument("--reference", type=Path, help="figures of other networks, from the same `evaluate`")
    one.add_argument("--run", type=Path, required=True)
    one.add_argument("--package", type=Path, required=True)
    one.add_argument("--remarks", type=Path)
    one.set_defaults(do=write_card)
    return parser


def main() -> None:
    options = _parser().parse_args()
    options.do(options)


if __name__ == "__main__":
    main()

"""The liver network: its loss, its plan and how it is looked at."""

from pathlib import Path

import numpy as np
import torch
from torch import nn

from . import preprocess
from .data import Slices
from .fit import Plan
from .liver_samples import CLIP_HU, PIXEL_MM
from .model import SliceNet

BASE, CHANNELS = 32, 1


def plan(minutes: float, seed: int, steps: int = 0, workers: int = 1) -> Plan:
    return Plan(channels=CHANNELS, base=BASE, batch=8, learning_rate=2e-3, minutes=minutes, steps=steps, seed=seed,
                workers=workers)


def soft_dice_loss(probability: torch.Tensor, truth: torch.Tensor, smoothing: float, dims) -> torch.Tensor:
    shared = (probability * truth).sum(dims)
    total = probability.sum(dims) + truth.sum(dims)
    return (1.0 - (2.0 * shared + smoothing) / (total + smoothing)).mean()


def loss(logits: torch.Tensor, truth: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Twice the weighted cross entropy and each sample's soft Dice; 50 px of smoothing tame slivers and empty masks."""
    cross = nn.functional.binary_cross_entropy_with_logits(logits, truth, weight)
    return 2.0 * cross + soft_dice_loss(torch.sigmoid(logits), truth, 50.0, (1, 2, 3))


def picture(slices: Slices, index: int) -> tuple[np.ndarray, tuple[slice, slice], tuple[int, int]]:
    """A slice as the network wants it, where its content lies, and the content's size at 1.5 mm."""
    hu = slices.hu(index, CLIP_HU)
    at_pixel = preprocess.to_pixel(hu, float(slices.pixel_mm[index]), PIXEL_MM) / CLIP_HU[1]
    whole, where = preprocess.padded(at_pixel)
    return whole, where, at_pixel.shape


def predict(run, slices: Slices) -> np.ndarray:
    """Probabilities on the slices' own grid. `run` takes [1, 1, H, W] and answers the same."""
    found = np.zeros(slices.image.shape, np.float32)
    for i in range(len(slices)):
        whole, where, _ = picture(slices, i)
        probability = run(whole[None, None])[0, 0][where]
        found[i] = preprocess.from_pixel(probability, PIXEL_MM, float(slices.pixel_mm[i]), found.shape[1:])
    return found


def torch_runner(net: nn.Module):
    device = next(net.parameters()).device

    @torch.no_grad()
    def run(image: np.ndarray) -> np.ndarray:
        tensor = torch.from_numpy(image).to(device, memory_format=torch.channels_last)
        return torch.sigmoid(net(tensor)).cpu().numpy()

    return run


def onnx_runner(path: Path):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda image: session.run(None, {name: image})[0]


def runner(path: Path):
    """Runs a `model.onnx`, or the `weights.pt` of a run that is still going on."""
    if path.suffix == ".onnx":
        return onnx_runner(path)
    net = SliceNet(CHANNELS, BASE)
    net.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return torch_runner(net.eval())


def dice(found: np.ndarray, truth: np.ndarray) -> float:
    total = int(found.sum()) + int(truth.sum())
    return 1.0 if total == 0 else 2.0 * int((found & truth).sum()) / total


def figures(probability: np.ndarray, slices: Slices) -> dict:
    found, truth = probability > 0.5, slices.label > 0
    by_slice = np.array([dice(f, t) for f, t in zip(found, truth)])
    volumes = np.unique(slices.volume)
    by_volume = np.array([dice(found[slices.volume == v], truth[slices.volume == v]) for v in volumes])
    tumour = slices.label == 2
    inside = float((found & tumour).sum() / max(1, tumour.sum()))
    return {"slices": len(slices), "patients": len(volumes), "dice_pooled": round(dice(found, truth), 4),
            "dice_patient_mean": round(float(by_volume.mean()), 4),
            "dice_patient_worst": round(float(by_volume.min()), 4),
            "dice_slice_mean": round(float(by_slice.mean()), 4),
            "dice_slice_median": round(float(np.median(by_slice)), 4),
            "tumour_pixels_inside": round(inside, 4)}


def look(slices: Slices):
    def quick(net: nn.Module) -> dict:
        facts = figures(predict(torch_runner(net), slices), slices)
        return {k: facts[k] for k in ("dice_pooled", "dice_patient_mean", "dice_patient_worst",
                                      "tumour_pixels_inside")}
    return quick

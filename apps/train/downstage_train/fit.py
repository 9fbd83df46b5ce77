"""The training loop both networks share: seeded, by the clock or by steps, with an averaged copy, resumable."""

import copy
import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from .feeder import Sampler, batches
from .model import SliceNet

CHECKPOINT, WEIGHTS, LOG = "checkpoint.pt", "weights.pt", "log.jsonl"


@dataclass(frozen=True)
class Plan:
    """One training run. `steps` fixes its length exactly; otherwise `minutes` of computing do."""

    channels: int
    base: int
    batch: int
    learning_rate: float
    minutes: float
    steps: int = 0
    seed: int = 1
    workers: int = 1
    weight_decay: float = 0.005
    warm_up: int = 100
    ema: float = 0.998
    look_every_s: float = 420.0
    last_share: float = 0.01


Loss = Callable[..., torch.Tensor]
Look = Callable[[nn.Module], dict]


def _share_done(plan: Plan, step: int, seconds: float) -> float:
    return min(1.0, step / plan.steps if plan.steps else seconds / (60.0 * plan.minutes))


def learning_rate(plan: Plan, step: int, share: float) -> float:
    cosine = plan.last_share + (1.0 - plan.last_share) * 0.5 * (1.0 + math.cos(math.pi * share))
    return plan.learning_rate * cosine * min(1.0, (step + 1) / plan.warm_up)


@torch.no_grad()
def _average(ema: nn.Module, net: nn.Module, step: int, most: float) -> None:
    decay = min(most, 1.0 - 1.0 / (step / 10.0 + 1.0))
    for kept, new in zip(ema.state_dict().values(), net.state_dict().values()):
        if kept.is_floating_point():
            kept.lerp_(new, 1.0 - decay)
        else:
            kept.copy_(new)


class Run:
    """Weights, their average, the optimiser and how far the run is."""

    def __init__(self, plan: Plan, out: Path, start: Path | None = None):
        torch.manual_seed(plan.seed)
        self.plan, self.out = plan, out
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.net = SliceNet(plan.channels, plan.base).to(self.device, memory_format=torch.channels_last)
        if start is not None:
            self.net.load_state_dict(torch.load(start, map_location=self.device, weights_only=True))
        self.ema = copy.deepcopy(self.net)
        self.optimiser = torch.optim.AdamW(self.net.parameters(), lr=plan.learning_rate,
                                           weight_decay=plan.weight_decay)
        self.step, self.seconds = 0, 0.0
        out.mkdir(parents=True, exist_ok=True)
        if (out / CHECKPOINT).exists():
            self._resume()

    def _resume(self) -> None:
        saved = torch.load(self.out / CHECKPOINT, map_location=self.device, weights_only=True)
        self.net.load_state_dict(saved["net"])
        self.ema.load_state_dict(saved["ema"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.step, self.seconds = saved["step"], saved["seconds"]

    def save(self) -> None:
        state = {"net": self.net.state_dict(), "ema": self.ema.state_dict(),
                 "optimiser": self.optimiser.state_dict(), "step": self.step, "seconds": self.seconds}
        torch.save(state, self.out / (CHECKPOINT + ".part"))
        (self.out / (CHECKPOINT + ".part")).replace(self.out / CHECKPOINT)
        torch.save(self.ema.state_dict(), self.out / (WEIGHTS + ".part"))
        (self.out / (WEIGHTS + ".part")).replace(self.out / WEIGHTS)

    def note(self, **facts) -> None:
        line = json.dumps({"step": self.step, "minutes": round(self.seconds / 60.0, 2), **facts})
        with (self.out / LOG).open("a") as log:
            log.write(line + "\n")
        print(line, flush=True)

    def learn(self, batch: tuple, loss: Loss, share: float) -> float:
        rate = learning_rate(self.plan, self.step, share)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        image, *truth = (torch.from_numpy(part).to(self.device) for part in batch)
        image = image.to(memory_format=torch.channels_last)
        with torch.autocast(self.device.type, torch.bfloat16):
            logits = self.net(image)
        value = loss(logits.float(), *truth)
        self.optimiser.zero_grad(set_to_none=True)
        value.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), 3.0)
        self.optimiser.step()
        _average(self.ema, self.net, self.step, self.plan.ema)
        self.step += 1
        return float(value.detach())


def fit(run: Run, sampler: Sampler, loss: Loss, look: Look) -> nn.Module:
    """Trains to the end of the plan; answers the averaged network."""
    plan = run.plan
    last = plan.steps if plan.steps else 10_000_000
    run.net.train()
    mean, looked = 0.0, run.seconds
    begun = time.monotonic() - run.seconds
    for batch in batches(sampler, plan.seed, plan.batch, run.step, last, plan.workers):
        share = _share_done(plan, run.step, run.seconds)
        if share >= 1.0:
            break
        mean += 0.02 * (run.learn(batch, loss, share) - mean)
        run.seconds = time.monotonic() - begun
        if run.seconds - looked >= plan.look_every_s:
            run.save()
            run.note(loss=round(mean, 4), **look(run.ema.eval()))
            looked = run.seconds = time.monotonic() - begun
    run.save()
    run.note(loss=round(mean, 4), done=True, **look(run.ema.eval()))
    return run.ema.eval()

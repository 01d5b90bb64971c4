"""The MLP and NeuMF of the MovieLens table in PyTorch, on one thread.

    python adam_peer.py steps FOLDER [mlp|neumf]     the updates that write-steps.ts wrote, once more, and how far apart they are
    python adam_peer.py train OUT.json [name=value]  epochs with samples of its own: model, adam, seed, epochs, batch, data

`adam` is `dense` (torch.optim.Adam on dense gradients, which moves every row at every update) or `lazy` (below: it moves
the rows that a batch touches; SparseAdam does so too, but adds its epsilon before the correction of the mean square).
"""

import os

for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"

import gzip
import json
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, relu

torch.set_num_threads(1)
USERS, ITEMS = 6040, 3706


class Network(nn.Module):
    """Embeddings normal of deviation 0.01, hidden kernels Glorot uniform, the last LeCun uniform, biases zero."""

    def __init__(self, model, sparse):
        super().__init__()
        sizes = {"user": (USERS, 32), "item": (ITEMS, 32)}
        if model == "neumf":
            sizes.update({"gmf/user": (USERS, 8), "gmf/item": (ITEMS, 8)})
        self.tables = nn.ModuleDict({k: nn.Embedding(*size, sparse=sparse) for k, size in sizes.items()})
        for table in self.tables.values():
            nn.init.normal_(table.weight, std=0.01)
        self.hidden = nn.ModuleList([nn.Linear(a, b) for a, b in ((64, 32), (32, 16), (16, 8))])
        self.output = nn.Linear(16 if model == "neumf" else 8, 1)
        for layer in self.hidden:
            nn.init.xavier_uniform_(layer.weight)
        bound = (3 / self.output.in_features) ** 0.5
        nn.init.uniform_(self.output.weight, -bound, bound)
        for layer in [*self.hidden, self.output]:
            nn.init.zeros_(layer.bias)

    def forward(self, users, items):
        at = lambda name: self.tables[name](users if name.endswith("user") else items)
        x = torch.cat([at("user"), at("item")], 1)
        for layer in self.hidden:
            x = relu(layer(x))
        if "gmf/user" in self.tables:
            x = torch.cat([at("gmf/user") * at("gmf/item"), x], 1)
        return self.output(x)[:, 0]

    def numbers(self):
        """By the names that write-steps.ts uses, kernels as inputs x outputs."""
        found = {f"table/{name}": table.weight for name, table in self.tables.items()}
        for name, layer in [*((f"hidden_{i}", each) for i, each in enumerate(self.hidden)), ("output", self.output)]:
            found[f"{name}/kernel"] = layer.weight.T
            found[f"{name}/bias"] = layer.bias
        return found


class LazyAdam(torch.optim.Optimizer):
    def __init__(self, tables, lr):
        super().__init__(tables, {"lr": lr})
        self.updates = 0

    @torch.no_grad()
    def step(self):
        self.updates += 1
        for group in self.param_groups:
            for table in group["params"]:
                state = self.state[table]
                if not state:
                    state.update(m=torch.zeros_like(table), v=torch.zeros_like(table))
                gradient = table.grad.coalesce()
                rows, slopes = gradient.indices()[0], gradient.values()
                m = state["m"][rows].mul_(0.9).add_(slopes, alpha=0.1)
                v = state["v"][rows].mul_(0.999).addcmul_(slopes, slopes, value=0.001)
                state["m"][rows], state["v"][rows] = m, v
                size = (v / (1 - 0.999**self.updates)).sqrt_().add_(1e-8)
                table[rows] -= group["lr"] / (1 - 0.9**self.updates) * m / size


def optimizers(network, adam):
    tables = list(network.tables.parameters())
    dense = [p for p in network.parameters() if not any(p is table for table in tables)]
    if adam == "dense":
        return [torch.optim.Adam([*tables, *dense], lr=1e-3)]
    return [LazyAdam(tables, lr=1e-3), torch.optim.Adam(dense, lr=1e-3)]


def update(network, steppers, users, items, labels):
    for stepper in steppers:
        stepper.zero_grad()
    loss = binary_cross_entropy_with_logits(network(users, items), labels)
    loss.backward()
    for stepper in steppers:
        stepper.step()
    return loss.item()


def repeat_steps(folder, model="mlp"):
    read = lambda name: np.fromfile(os.path.join(folder, f"{name}.f32"), np.float32)
    parts = json.load(open(os.path.join(folder, "parts.json")))
    users, items = (torch.from_numpy(read(name).astype(np.int64)) for name in ("users", "items"))
    labels = torch.from_numpy(read("labels"))
    for adam in ("lazy", "dense"):
        files = [f for f in os.listdir(folder) if f.startswith(f"{adam}-") and f.endswith(".f32")]
        looked = sorted(int(f[len(adam) + 1 : -4]) for f in files)
        if not looked:
            continue
        network = Network(model, adam == "lazy")
        start = read("start")
        with torch.no_grad():
            for name, weights in network.numbers().items():
                first, *shape = parts[name]
                weights.copy_(torch.from_numpy(start[first : first + weights.numel()].reshape(shape)))
        steppers = optimizers(network, adam)
        ours = json.load(open(os.path.join(folder, f"{adam}-losses.json")))
        apart = 0.0
        for step in range(1, looked[-1] + 1):
            some = slice(256 * (step - 1), 256 * step)
            loss = update(network, steppers, users[some], items[some], labels[some])
            apart = max(apart, abs(loss - ours[step - 1]))
            if step in looked:
                found = read(f"{adam}-{step}")
                gaps, moves = {}, {}
                for name, weights in network.numbers().items():
                    first, *shape = parts[name]
                    there = found[first : first + weights.numel()].reshape(shape)
                    before = start[first : first + weights.numel()].reshape(shape)
                    gaps[name] = np.abs(weights.detach().numpy() - there).max()
                    moves[name] = np.abs(there - before).max()
                worst = max(gaps, key=lambda name: gaps[name] / max(moves[name], 1e-30))
                print(
                    f"{adam} {step}: losses within {apart:.1e}; weights within {max(gaps.values()):.1e};"
                    f" worst {worst} {gaps[worst]:.1e} of moves up to {moves[worst]:.1e}",
                    flush=True,
                )


class MovieLens:
    def __init__(self, folder, rng):
        read = lambda name: np.loadtxt(os.path.join(folder, name), np.int64, delimiter="\t")
        self.train, self.test = read("train.tsv.gz"), read("test.tsv")[:, 1]
        self.negatives, self.rng = read("negatives.tsv.gz")[:, 1:], rng
        self.seen = np.zeros((USERS, ITEMS), bool)
        self.seen[self.train[:, 0], self.train[:, 1]] = True

    def epoch(self, negatives=4):
        users = np.repeat(self.train[:, 0], negatives)
        items = self.rng.integers(0, ITEMS, len(users))
        while len(again := np.flatnonzero(self.seen[users, items])):
            items[again] = self.rng.integers(0, ITEMS, len(again))
        users = np.concatenate([self.train[:, 0], users])
        items = np.concatenate([self.train[:, 1], items])
        labels = np.zeros(len(users), np.float32)
        labels[: len(self.train)] = 1
        order = self.rng.permutation(len(users))
        return users[order], items[order], labels[order]

    @torch.no_grad()
    def rank(self, network):
        items = np.concatenate([self.test[:, None], self.negatives], 1)
        users = np.repeat(np.arange(USERS), 100)
        scores = network(torch.from_numpy(users), torch.from_numpy(items.ravel())).numpy().reshape(USERS, 100)
        above = (scores[:, 1:] > scores[:, :1]) & (self.negatives != self.test[:, None])
        return quality(above.sum(1))

    @torch.no_grad()
    def rank_all(self, network):
        ranks = np.zeros(USERS, np.int64)
        items = torch.arange(ITEMS)
        for user in range(USERS):
            scores = network(torch.full((ITEMS,), user), items).numpy()
            ranks[user] = ((scores > scores[self.test[user]]) & ~self.seen[user]).sum()
        return quality(ranks)


def quality(ranks):
    hit = ranks < 10
    return {"hr10": float(hit.mean()), "ndcg10": float((hit * np.log(2) / np.log(ranks + 2)).mean())}


def train(out, *given):
    settings = {"model": "mlp", "adam": "dense", "seed": "1", "epochs": "20", "batch": "256", "data": "../shared/data"}
    settings.update(each.split("=", 1) for each in given)
    seed, batch = int(settings["seed"]), int(settings["batch"])
    torch.manual_seed(seed)
    data = MovieLens(os.path.join(settings["data"], "ml-1m"), np.random.default_rng(seed))
    network = Network(settings["model"], settings["adam"] == "lazy")
    steppers = optimizers(network, settings["adam"])
    curve = []
    for epoch in range(1, int(settings["epochs"]) + 1):
        before = time.process_time()
        users, items, labels = (torch.from_numpy(each) for each in data.epoch())
        losses = [
            update(network, steppers, users[at : at + batch], items[at : at + batch], labels[at : at + batch])
            for at in range(0, len(users), batch)
        ]
        seconds = time.process_time() - before
        curve.append({"epoch": epoch, "loss": float(np.mean(losses)), **data.rank(network), "processorSeconds": seconds})
        if epoch % 5 == 0:
            curve[-1]["all"] = data.rank_all(network)
        print(json.dumps(curve[-1]), flush=True)
        json.dump({"peer": f"PyTorch {torch.__version__}", "settings": settings, "curve": curve}, open(out, "w"), indent=1)


if __name__ == "__main__":
    {"steps": repeat_steps, "train": train}[sys.argv[1]](*sys.argv[2:])

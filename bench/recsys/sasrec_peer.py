"""gSASRec in PyTorch, on one thread: what tests compare with, and the time of an epoch.

    python sasrec_peer.py numbers                  vectors, loss and gradients of tests/nn/sequences/torch-network.ts
    python sasrec_peer.py time FOLDER [name=value] batches of MovieLens-1M in the folder ml-1m: size, batches, negatives, dropout

`time` pads sequences to 200 positions as the authors do, and shares the negatives of a sequence among its positions as
minimart does, so that scores are products of matrices in both.
"""

import os

for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"

import gzip
import math
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)


def attention(q, k, v, rate, mask=None):
    """Causal; of padded batches `mask` says which keys are real."""
    length = q.shape[-2]
    allowed = torch.ones(length, length, dtype=torch.bool).tril()
    if mask is not None:
        allowed = allowed & mask[..., None, :] | torch.eye(length, dtype=torch.bool)
    weights = (q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])).masked_fill(~allowed, float("-inf")).softmax(-1)
    return F.dropout(weights, rate) @ v


def numbers():
    torch.set_default_dtype(torch.float64)
    size, blocks, heads, length, items = 4, 2, 2, 5, 7
    head = size // heads
    count = length * size + blocks * (4 * size + 3 * heads * (size + 1) * head + 2 * size * (size + 1)) + 2 * size
    flat = torch.tensor([0.9 * math.sin(0.37 * i * i + 0.3) for i in range(count)], requires_grad=True)
    table = torch.tensor([0.8 * math.cos(0.23 * i * i + 0.2) for i in range(items * size)]).reshape(items, size)
    table.requires_grad_()
    parts = iter_parts(flat)
    positions = parts(length, size)
    layers = []
    for _ in range(blocks):
        norm = parts(1, size)[0], parts(1, size)[0]
        maps = [[(parts(size, head), parts(1, head)[0]) for _ in range(heads)] for _ in range(3)]
        dense = parts(1, size)[0], parts(1, size)[0]
        layers.append((norm, maps, dense, *[(parts(size, size), parts(1, size)[0]) for _ in range(2)]))
    last = parts(1, size)[0], parts(1, size)[0]

    def vectors(sequence):
        h = table[sequence] + positions[length - len(sequence) :]
        for norm, (queries, keys, values), dense, inner, outer in layers:
            x = F.layer_norm(h, (size,), *norm)
            out = [
                F.scaled_dot_product_attention(
                    (x @ q[0] + q[1])[None], (h @ k[0] + k[1])[None], (h @ v[0] + v[1])[None], is_causal=True
                )[0]
                for q, k, v in zip(queries, keys, values)
            ]
            u = F.layer_norm(torch.cat(out, 1) + x, (size,), *dense)
            h = torch.relu(u @ inner[0] + inner[1]) @ outer[0] + outer[1] + u
        return F.layer_norm(h, (size,), *last)

    sequences, targets = [[0, 3, 1, 6, 2], [5, 2, 4]], [[3, 1, 6, 2, 4], [2, 4, 0]]
    negatives, t = [[5, 0, 1], [6, 1, 3]], 0.75
    a = 3 / (items - 1)
    beta = a * (t * (1 - 1 / a) + 1 / a)
    loss = 0
    for sequence, target, drawn in zip(sequences, targets, negatives):
        z = vectors(sequence)
        print("vector", z[-1].tolist())
        counts = torch.tensor([[float(n != g) for n in drawn] for g in target])
        loss = loss + beta * F.softplus(-(z * table[target]).sum(1)).sum()
        loss = loss + (counts * F.softplus(z @ table[drawn].T)).sum()
    loss = loss / (8 * 4)
    loss.backward()
    print("torch", torch.__version__, "beta", beta, "loss", loss.item())
    print("every 17th gradient", flat.grad[::17].tolist())
    print("gradients of items", table.grad.flatten().tolist())


def iter_parts(flat):
    at = 0

    def take(rows, columns):
        nonlocal at
        at += rows * columns
        return flat[at - rows * columns : at].reshape(rows, columns)

    return take


class Block(nn.Module):
    def __init__(self, size, rate):
        super().__init__()
        self.norms = nn.ModuleList([nn.LayerNorm(size), nn.LayerNorm(size)])
        self.maps = nn.ModuleList([nn.Linear(size, size) for _ in range(5)])
        self.rate = rate

    def forward(self, h, mask):
        query, key, value, inner, outer = self.maps
        x = self.norms[0](h)
        u = self.norms[1](attention(query(x), key(h), value(h), self.rate, mask) + x)
        f = F.dropout(torch.relu(inner(u)), self.rate)
        return F.dropout(outer(f), self.rate) + u


def time_batches(folder, size=128, batches=6, negatives=256, dropout=0.5, length=200, batch=128, items=3706):
    size, batches, negatives = int(size), int(batches), int(negatives)
    pairs = np.loadtxt(gzip.open(f"{folder}/ml-1m/train.tsv.gz", "rt"), dtype=np.int64)
    rows = np.split(pairs[:, 1], np.flatnonzero(np.diff(pairs[:, 0])) + 1)
    # The last is kept out, as in run-gsasrec.ts.
    rows = [row[:-1][-length - 1 :] for row in rows]
    positions = sum(len(row) - 1 for row in rows)
    table, places = nn.Embedding(items + 1, size), nn.Embedding(length, size)
    blocks, norm = nn.ModuleList([Block(size, dropout) for _ in range(2)]), nn.LayerNorm(size)
    adam = torch.optim.Adam([*table.parameters(), *places.parameters(), *blocks.parameters(), *norm.parameters()])
    beta = 1 - 0.75 * (1 - negatives / (items - 1))
    order = np.random.default_rng(1).permutation(len(rows))
    spent, seen = [], []
    for step in range(batches + 1):
        start = time.process_time()
        chosen = [rows[user] for user in order[step * batch : (step + 1) * batch]]
        padded = torch.full((batch, length + 1), items)
        for place, row in enumerate(chosen):
            padded[place, -len(row) :] = torch.from_numpy(row)
        drawn = torch.randint(items, (batch, negatives))
        mask, real = padded[:, :-1] != items, padded[:, :-1] != items
        h = F.dropout(table(padded[:, :-1]) + places.weight, dropout) * mask[..., None]
        for block in blocks:
            h = block(h, mask) * mask[..., None]
        z = norm(h)
        positive = (z * table(padded[:, 1:])).sum(-1)
        others = F.softplus(z @ table(drawn).transpose(1, 2)).sum(-1)
        loss = ((beta * F.softplus(-positive) + others) * real).sum() / (real.sum() * (1 + negatives))
        loss.backward()
        adam.step()
        adam.zero_grad()
        if step > 0:
            spent.append(time.process_time() - start)
            seen.append(int(real.sum()))
    each = sum(spent) / sum(seen)
    print(f"size {size}: {1e6 * each:.1f} processor microseconds a position, {positions * each:.1f} s an epoch of {positions} positions")


if __name__ == "__main__":
    command, *given = sys.argv[1:]
    if command == "numbers":
        numbers()
    else:
        time_batches(given[0], **{name: float(value) for name, value in (each.split("=") for each in given[1:])})

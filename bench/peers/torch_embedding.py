"""A child process: the same embedding MLP in PyTorch on one thread. Takes its request from the first argument."""

import os

for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"  # read when torch is imported; set_num_threads alone is not enough

import json
import sys
import time

try:
    import torch
    from torch import nn
    from torch.nn.functional import binary_cross_entropy_with_logits
except ImportError:
    print(json.dumps({"skipped": "this Python has no PyTorch"}))
    sys.exit(0)


class EmbeddingMlp(nn.Module):
    def __init__(self, work, sparse):
        super().__init__()
        self.users = nn.Embedding(work["users"], 50, sparse=sparse)
        self.items = nn.Embedding(work["items"], 50, sparse=sparse)
        for table in (self.users, self.items):
            nn.init.normal_(table.weight, std=0.01)
        layers = []
        for before, after in ((100, 64), (64, 32)):
            layers += [nn.Linear(before, after), nn.ReLU()]
        self.dense = nn.Sequential(*layers, nn.Linear(32, 1))
        for module in self.dense:
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, user, item):
        return self.dense(torch.cat([self.users(user), self.items(item)], 1)).squeeze(1)


def make_step(work, gradients):
    is_sparse = gradients == "sparse"
    model = EmbeddingMlp(work, is_sparse)
    if is_sparse:
        tables = [model.users.weight, model.items.weight]
        optimizers = [torch.optim.SparseAdam(tables, lr=1e-3), torch.optim.Adam(model.dense.parameters(), lr=1e-3)]
    else:
        optimizers = [torch.optim.Adam(model.parameters(), lr=1e-3)]
    size = (200, work["batchSize"])
    users = torch.randint(0, work["users"], size)
    items = torch.randint(0, work["items"], size)
    labels = torch.randint(0, 2, size).float()
    done = 0

    def step():
        nonlocal done
        batch = done % 200
        done += 1
        loss = binary_cross_entropy_with_logits(model(users[batch], items[batch]), labels[batch])
        for optimizer in optimizers:
            optimizer.zero_grad()
        loss.backward()
        for optimizer in optimizers:
            optimizer.step()
        return [loss.item()]

    return step


def time_steps(step, pace):
    first = []

    def timed():
        clock, processor = time.perf_counter(), time.process_time()
        losses = step()
        first.append(losses)
        return 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor)

    def repeat(count):
        times = []
        end = time.perf_counter() + pace["budget"] / 1000
        while len(times) < count and (not times or time.perf_counter() < end):
            times.append(timed())
        return times

    repeat(pace["warmup"])
    times = repeat(pace["steps"])
    series = {"clock": [clock for clock, _ in times], "processor": [processor for _, processor in times]}
    return {"series": series, "firstLosses": first[0]}


def main():
    request = json.loads(sys.argv[1])
    torch.set_num_threads(1)
    torch.manual_seed(0)
    answer = time_steps(make_step(request["work"], request["gradients"]), request["pace"])
    blas = "MKL" if torch.backends.mkl.is_available() else "no MKL"
    print(json.dumps({**answer, "versions": {"PyTorch": f"{torch.__version__} ({blas}, one thread)"}}))


main()

"""A child process: exact search in PyTorch, on one thread where the request says so, block by block of queries, so that scores stay small."""

import json
import os
import sys
import time

THREADS = json.loads(sys.argv[1]).get("threads")
if THREADS is not None:
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ[name] = str(THREADS)  # read when torch is imported; set_num_threads alone is not enough

try:
    import torch
except ImportError:
    print(json.dumps({"skipped": "this Python has no PyTorch"}))
    sys.exit(0)

BLOCK = 50  # queries; the fastest of 10, 25, 50, 100, 250 and 1000


def main(request):
    work, pace = request["work"], request["pace"]
    if THREADS is not None:
        torch.set_num_threads(THREADS)
    torch.manual_seed(1)
    items = torch.randn(work["items"], work["size"])
    queries = torch.randn(work["queries"], work["size"])
    block = request.get("block", BLOCK)

    def search():
        with torch.no_grad():
            found = [torch.topk(part @ items.T, work["k"], dim=1) for part in queries.split(block)]
            return torch.cat([scores for scores, _ in found]), torch.cat([places for _, places in found])

    def timed():
        clock, processor = time.perf_counter(), time.process_time()
        search()
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
    blas = "MKL" if torch.backends.mkl.is_available() else "no MKL"
    return {"series": series, "versions": {"PyTorch": f"{torch.__version__} ({blas}, one thread)"}}


print(json.dumps(main(json.loads(sys.argv[1]))))

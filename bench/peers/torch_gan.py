"""A child process: the same GAN step in PyTorch, on one thread where the request says so. Takes its request from the first argument."""

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
    from torch import nn
    from torch.nn.functional import softplus
except ImportError:
    print(json.dumps({"skipped": "this Python has no PyTorch"}))
    sys.exit(0)


def dense_networks(work):
    def stack(sizes, activation):
        layers = []
        for before, after in zip(sizes[:-2], sizes[1:-1]):
            layers += [nn.Linear(before, after), activation()]
        return layers + [nn.Linear(sizes[-2], sizes[-1])]

    generator = stack(work["generator"], nn.ReLU)
    if work["outputActivation"] == "sigmoid":
        generator.append(nn.Sigmoid())
    return nn.Sequential(*generator), nn.Sequential(*stack(work["discriminator"], lambda: nn.LeakyReLU(0.2)))


def conv_networks(work):
    height, width, channels = work["sample"]
    kernel = work["kernelSize"]
    padding = kernel // 2 - 1  # "same" at stride 2
    filters = work["generator"]
    coarse = (filters[0], height // 2 ** len(filters), width // 2 ** len(filters))
    units = coarse[0] * coarse[1] * coarse[2]
    generator = [nn.Linear(work["latentSize"], units, bias=False), nn.BatchNorm1d(units), nn.ReLU()]
    generator.append(nn.Unflatten(1, coarse))
    for before, after in zip(filters[:-1], filters[1:]):
        generator.append(nn.ConvTranspose2d(before, after, kernel, 2, padding, bias=False))
        generator += [nn.BatchNorm2d(after), nn.ReLU()]
    generator += [nn.ConvTranspose2d(filters[-1], channels, kernel, 2, padding), nn.Sigmoid()]
    discriminator = []
    for before, after in zip([channels, *work["discriminator"][:-1]], work["discriminator"]):
        discriminator += [nn.Conv2d(before, after, kernel, 2, padding), nn.LeakyReLU(0.2)]
    halved = 2 ** len(work["discriminator"])
    features = work["discriminator"][-1] * (height // halved) * (width // halved)
    discriminator += [nn.Flatten(), nn.Linear(features, 1)]
    return nn.Sequential(*generator), nn.Sequential(*discriminator)


def glorot(network):
    """The initial weights of the other contenders; PyTorch's own differ."""
    for module in network:
        if hasattr(module, "weight") and module.weight.dim() > 1:
            nn.init.xavier_uniform_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)


def make_step(work):
    is_conv = work["kind"] == "conv"
    generator, discriminator = conv_networks(work) if is_conv else dense_networks(work)
    latent = work["latentSize"] if is_conv else work["generator"][0]
    shape = [work["sample"][2], *work["sample"][:2]] if is_conv else [work["discriminator"][0]]
    batch = work["batchSize"]
    samples = torch.rand([8 * batch, *shape])
    glorot(generator)
    glorot(discriminator)
    settings = {"lr": 2e-4, "betas": (0.5, 0.999), "eps": 1e-7}
    optimizers = [torch.optim.Adam(network.parameters(), **settings) for network in (discriminator, generator)]
    order = torch.randperm(0)

    def step():
        nonlocal order
        if len(order) < batch:
            order = torch.randperm(len(samples))
        real, order = samples[order[:batch]], order[batch:]
        with torch.no_grad():
            fake = generator(torch.randn(batch, latent))
        loss_d = softplus(-discriminator(real)).mean() + softplus(discriminator(fake)).mean()
        update(loss_d, discriminator, optimizers[0])
        loss_g = softplus(-discriminator(generator(torch.randn(batch, latent)))).mean()
        update(loss_g, generator, optimizers[1])
        return loss_d.item(), loss_g.item()

    return step


def update(loss, network, optimizer):
    optimizer.zero_grad()
    loss.backward(inputs=list(network.parameters()))  # no gradients for the other network's weights
    optimizer.step()


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
    if THREADS is not None:
        torch.set_num_threads(THREADS)
    torch.manual_seed(0)
    torch.set_default_device(request.get("device", "cpu"))
    answer = time_steps(make_step(request["work"]), request["pace"])
    blas = "MKL" if torch.backends.mkl.is_available() else "no MKL"
    print(json.dumps({**answer, "versions": {"PyTorch": f"{torch.__version__} ({blas}, one thread)"}}))


main()

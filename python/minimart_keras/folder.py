"""The folder: minimart.json, keras.json, weights.safetensors, optimizer.safetensors."""

import json
import os
import shutil
import uuid
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

FORMAT = "minimart keras 1"
KINDS = ("embeddingMlp", "dotProduct", "neuMf")


def refuse(argument, rule, value):
    raise ValueError(f"minimart_keras: `{argument}` must {rule}, received {value!r}.")


def read_folder(folder):
    """The description, Keras's configuration, weights and moments of a folder, checked against one another."""
    path = Path(folder)
    try:
        description = json.loads((path / "minimart.json").read_text("utf-8"))
        config = json.loads((path / "keras.json").read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        refuse("folder", "hold JSON", str(error))
    found = description.get("format") if isinstance(description, dict) else description
    if found != FORMAT:
        refuse("folder", f"be of the format {FORMAT!r}", found)
    if description["settings"]["kind"] not in KINDS:
        refuse("folder", f"hold a kind that has a twin: {', '.join(KINDS)}", description["settings"]["kind"])
    weights, moments = load_file(path / "weights.safetensors"), load_file(path / "optimizer.safetensors")
    expected = {f"{name}/{moment}": each.shape for name, each in weights.items() for moment in "mv"}
    if {name: each.shape for name, each in moments.items()} != expected:
        refuse("folder", "hold two moments for each weight, in its shape", sorted(moments))
    for name, values in {**weights, **moments}.items():
        if values.dtype != np.float32 or not np.isfinite(values).all():
            refuse("folder", f"hold finite float32 numbers in {name!r}", values.dtype)
    return description, config, weights, moments


def write_folder(folder, description, config, weights, moments):
    """Writes a folder that is not there yet, whole or not at all."""
    path = Path(folder)
    if path.exists():
        refuse("folder", "not be there yet", str(path))
    for name, values in {**weights, **moments}.items():
        if not np.isfinite(values).all():
            refuse("model", f"hold finite numbers in {name!r}", "others")
    temporary = path.with_name(f"{path.name}.{uuid.uuid4()}.tmp")
    try:
        temporary.mkdir()
        for name, value in (("minimart.json", description), ("keras.json", config)):
            (temporary / name).write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), "utf-8")
        for name, tensors in (("weights.safetensors", weights), ("optimizer.safetensors", moments)):
            save_file(tensors, temporary / name, {"format": FORMAT})
        for each in temporary.iterdir():
            with each.open("rb") as file:
                os.fsync(file.fileno())
        temporary.rename(path)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise

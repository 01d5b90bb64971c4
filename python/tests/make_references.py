"""Writes what the tests in JavaScript compare with: python tests/make_references.py, from the folder python."""

import shutil
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from minimart_keras import load  # noqa: E402

TARGET = HERE.parent.parent / "tests" / "node" / "keras" / "from-keras"


def rows_of(expected, prefix):
    """The features of a batch, or of all rows, in a file of expectations."""
    own = [name for name in expected if name.startswith(f"{prefix}/") and not name.endswith("/labels")]
    return {name.split("/")[1]: expected[name] for name in own}


def write(name):
    twin, given = load(HERE / "from-javascript" / name), load_file(HERE / "from-javascript" / f"{name}.safetensors")
    for each in (f"{name}-untouched", f"{name}-trained"):
        shutil.rmtree(TARGET / each, ignore_errors=True)
    twin.save(TARGET / f"{name}-untouched")
    losses = [twin.step(rows_of(given, f"batch {at}"), given[f"batch {at}/labels"]) for at in range(10)]
    twin.save(TARGET / f"{name}-trained")
    after = twin.score(rows_of(given, "rows"))
    save_file({"losses": np.float32(losses), "after": np.float32(after)}, TARGET / f"{name}.safetensors")

if __name__ == "__main__":
    for each in ("dotProduct", "embeddingMlp", "neuMf"):
        write(each)

"""Reads safetensors files by the format's own library, tells what it found, and writes each anew."""

import hashlib
import json
import sys

from safetensors import safe_open
from safetensors.numpy import save_file


def rewrite(path, target):
    with safe_open(path, framework="np") as file:
        metadata = file.metadata()
        tensors = {name: file.get_tensor(name) for name in file.keys()}
    save_file(tensors, target, metadata=metadata)
    return {
        name: [str(array.dtype), list(array.shape), hashlib.sha256(array.tobytes()).hexdigest()]
        for name, array in tensors.items()
    }


print(json.dumps([rewrite(path, target) for path, target in json.loads(sys.argv[1])]))

"""Models of minimart in Keras 3 on JAX: rebuilt from a folder of `exportKeras`, trained, written back for `importKeras`."""

import os

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras  # noqa: E402

if keras.backend.backend() != "jax":
    raise ImportError(f"minimart_keras: the backend of Keras must be jax, received {keras.backend.backend()!r}.")

from .twin import Twin, load  # noqa: E402

__all__ = ["Twin", "load"]

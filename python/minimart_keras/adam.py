"""Adam as minimart has it: epsilon stands outside the corrected root, and rows that no batch names may stay."""

import jax.numpy as jnp


def move(value, m, v, gradient, touched, settings, rate, corrections):
    """One update.

    m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2
    value -= rate * m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)

    `touched` is [rows], true for the rows that the batch names, or None where all move. Keras's own Adam divides by
    sqrt(v) + epsilon before the correction, and moves all rows of a table: another optimizer.
    """
    beta1, beta2, epsilon = settings
    next_m = beta1 * m + (1 - beta1) * gradient
    next_v = beta2 * v + (1 - beta2) * gradient**2
    step = rate * (next_m / corrections[0]) / (jnp.sqrt(next_v / corrections[1]) + epsilon)
    if touched is None:
        return value - step, next_m, next_v
    rows = touched[:, None]
    return jnp.where(rows, value - step, value), jnp.where(rows, next_m, m), jnp.where(rows, next_v, v)

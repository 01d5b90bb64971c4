"""Losses by the names that minimart gives them: means over the batch of raw outputs [B] and labels [B]."""

import jax
import jax.numpy as jnp


def binary_cross_entropy(outputs, labels):
    return jnp.mean(jax.nn.softplus(outputs) - labels * outputs)


def squared_error(outputs, labels):
    return jnp.mean((outputs - labels) ** 2)


def poisson(outputs, labels):
    return jnp.mean(jnp.exp(outputs) - labels * outputs)


LOSSES = {"binaryCrossEntropy": binary_cross_entropy, "squaredError": squared_error, "poisson": poisson}

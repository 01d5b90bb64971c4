"""A model of minimart as a model of Keras."""

import jax
import jax.numpy as jnp
import keras
import numpy as np

from .adam import move
from .folder import read_folder, refuse, write_folder
from .layers import AddBias
from .losses import LOSSES

LAYERS = {"InputLayer", "Embedding", "Multiply", "Dot", "Add", "Concatenate", "Dense", "minimart_keras>AddBias"}


def load(folder):
    """Rebuilds the model of a folder of `exportKeras`, which may come from anybody: layers that are none of ours are refused."""
    return Twin(*read_folder(folder))


class Twin:
    """A model in Keras (`model`), with the features, the loss and the optimizer that it has in JavaScript."""

    def __init__(self, description, config, weights, moments):
        self.description, self.config = description, config
        self.settings, self.training = description["settings"], dict(description["training"])
        self.features = self.settings["features"]
        for layer in config["config"]["layers"]:
            if layer["class_name"] not in LAYERS:
                refuse("folder", "hold layers that have a twin", layer["class_name"])
        custom = {"minimart_keras>AddBias": AddBias}
        self.model = keras.Model.from_config(config["config"], custom_objects=custom)
        self.places = self._places()
        if set(self.places) != set(weights):
            refuse("folder", f"hold the weights {sorted(self.places)}", sorted(weights))
        for name, variable in self.places.items():
            if tuple(variable.shape) != weights[name].shape:
                refuse("folder", f"hold {name!r} of the shape {tuple(variable.shape)}", weights[name].shape)
            variable.assign(weights[name])
        self.moments = {name: jnp.asarray(values) for name, values in moments.items()}
        optimizer = self.training["optimizer"]
        if optimizer["kind"] != "adam":
            refuse("folder", "hold the optimizer adam", optimizer["kind"])
        if self.training["loss"] not in LOSSES:
            refuse("folder", f"hold a loss of {sorted(LOSSES)}", self.training["loss"])
        self._learn = jax.jit(self._update)

    def score(self, rows):
        """Raw outputs [N] for rows of features: {'user': indices [N], 'price': numbers [N]}."""
        return np.asarray(self.model(self._inputs(rows)))[:, 0]

    def step(self, rows, labels):
        """One update from a batch; gives the loss before it."""
        inputs = self._inputs(rows)
        labels = np.asarray(labels, "float32")
        if labels.shape != (len(inputs[0]),):
            refuse("labels", f"be {len(inputs[0])} numbers", labels.shape)
        optimizer, update = self.training["optimizer"], self.training["updates"] + 1
        corrections = (1 - optimizer["beta1"] ** update, 1 - optimizer["beta2"] ** update)
        values = [variable.value for variable in self.model.trainable_variables]
        rate = self.training["learningRate"]
        loss, values, moments = self._learn(values, self.moments, inputs, labels, rate, corrections)
        if not np.isfinite(loss):
            refuse("labels", "lead to a finite loss", float(loss))
        for variable, value in zip(self.model.trainable_variables, values):
            variable.assign(value)
        self.moments, self.training["updates"] = moments, update
        return float(loss)

    def save(self, folder):
        """Writes a folder for `importKeras`, whole or not at all; it must not be there yet."""
        description = {**self.description, "training": self.training}
        weights = {name: np.asarray(variable.value) for name, variable in self.places.items()}
        moments = {name: np.asarray(values) for name, values in self.moments.items()}
        write_folder(folder, description, self.config, weights, moments)

    def _update(self, values, moments, inputs, labels, rate, corrections):
        def loss_of(trained):
            outputs, _ = self.model.stateless_call(trained, [], inputs)
            return LOSSES[self.training["loss"]](outputs[:, 0], labels)

        loss, gradients = jax.value_and_grad(loss_of)(values)
        optimizer = self.training["optimizer"]
        settings = (optimizer["beta1"], optimizer["beta2"], optimizer["epsilon"])
        names = {id(variable): name for name, variable in self.places.items()}
        moved, kept = [], {}
        for variable, value, gradient in zip(self.model.trainable_variables, values, gradients):
            name = names[id(variable)]
            touched = None if optimizer["movesUntouchedRows"] else self._touched(name, value, inputs)
            m, v = moments[f"{name}/m"], moments[f"{name}/v"]
            value, m, v = move(value, m, v, gradient, touched, settings, rate, corrections)
            moved.append(value)
            kept |= {f"{name}/m": m, f"{name}/v": v}
        return loss, moved, kept

    def _touched(self, name, value, inputs):
        feature = self._tables.get(name)
        return None if feature is None else jnp.zeros(value.shape[0], bool).at[inputs[feature]].set(True)

    def _places(self):
        """Variables of Keras by the names of minimart's tensors; which feature names the rows of each table."""
        places, self._tables = {}, {}
        order = [feature["name"] for feature in self.features]
        for place, node in enumerate(self.settings["network"]["nodes"]):
            if node["op"] == "leaf" and "table" in node:
                name = f"table/{node['table']}"
                places[name] = self.model.get_layer(f"leaf_{place}").embeddings
                self._tables[name] = order.index(node["feature"])
            elif node["op"] == "dense":
                layer = self.model.get_layer(f"dense_{place}")
                places[f"weights/{node['kernel']}"], places[f"weights/{node['bias']}"] = layer.kernel, layer.bias
            elif node["op"] == "sum" and "bias" in node:
                places[f"weights/{node['bias']}"] = self.model.get_layer(f"bias_{place}").bias
        return places

    def _inputs(self, rows):
        names = [feature["name"] for feature in self.features]
        if set(rows) != set(names):
            refuse("rows", f"hold the features {names}", sorted(rows))
        inputs = []
        for feature in self.features:
            name, values = feature["name"], np.asarray(rows[feature["name"]])
            if feature["kind"] == "numeric":
                columns = values.astype("float32").reshape(-1, feature.get("size", 1))
                if not np.isfinite(columns).all():
                    refuse(f"rows[{name!r}]", "be finite", "others")
                inputs.append(columns)
                continue
            ids = self.description["vocabularies"][self.description["places"][name]]
            size = len(ids["ids"]) + ids["hasUnknown"]
            # JAX would take the last row for an index beyond the table, without a word.
            is_index = values.ndim == 1 and values.dtype.kind in "iu" and len(values) > 0
            if not is_index or values.min() < 0 or values.max() >= size:
                refuse(f"rows[{name!r}]", f"be whole numbers from 0 to {size - 1}", values)
            inputs.append(values.astype("int32"))
        if len({len(each) for each in inputs}) != 1:
            refuse("rows", "be as many for each feature", [len(each) for each in inputs])
        return inputs


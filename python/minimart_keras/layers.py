"""Layers that Keras lacks."""

import keras


@keras.saving.register_keras_serializable(package="minimart_keras")
class AddBias(keras.layers.Layer):
    """Adds one learned number to each column: [B, D] -> [B, D]."""

    def build(self, input_shape):
        self.bias = self.add_weight(name="bias", shape=(input_shape[-1],), initializer="zeros")

    def call(self, inputs):
        return inputs + self.bias

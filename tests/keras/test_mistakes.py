import re

import numpy as np
import pytest

from nnplayground import keras
from nnplayground.keras import callbacks, layers, losses, optimizers
from nnplayground.keras.problems import InputProblem
from tests.keras.classifier import X, Y, classifier

IMAGES = np.zeros((8, 28, 28), np.uint8)
LABELS = np.arange(8)


def digits(loss="categorical_crossentropy"):
    model = keras.Sequential([layers.Dense(16, input_dim=784), layers.Dense(10, activation="softmax")])
    model.compile(optimizer="sgd", loss=loss)
    return model


def fitted(*given, **how):
    return classifier().fit(X, Y, verbose=0, callbacks=given, **how)


def pictures(shape):
    return keras.Sequential([keras.Input(shape), layers.Flatten(), layers.Dense(1)])


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (lambda: digits().fit(IMAGES, LABELS), "x = x.reshape(len(x), 784)"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), LABELS), "y = to_categorical(y, 10)"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), LABELS), 'loss="sparse_categorical_crossentropy"'),
        (
            lambda: digits("sparse_categorical_crossentropy").fit(IMAGES.reshape(8, 784), np.eye(10)[:8]),
            "y.argmax(axis=1)",
        ),
        (lambda: digits("sparse_categorical_crossentropy").fit(IMAGES.reshape(8, 784), LABELS + 5), "0 to 9"),
        (lambda: digits("sparse_categorical_crossentropy").fit(IMAGES.reshape(8, 784), LABELS / 2), "class number"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), np.eye(5)[[0] * 8]), "5"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), np.eye(10)[:7]), "8 samples"),
        (lambda: digits().predict(IMAGES[0].ravel(), verbose=0), "x[None]"),
        (lambda: digits().predict(np.zeros((3, 5)), verbose=0), "784"),
        (lambda: digits().predict(digits(), verbose=0), "model.predict(x)"),
        (lambda: digits().predict(["a"], verbose=0), "numbers"),
        (lambda: digits().predict([[1, 2], [3]], verbose=0), "equally long"),
        (lambda: digits().predict(IMAGES[0].ravel().tolist(), verbose=0), "np.array(x)[None]"),
        (lambda: digits().predict(IMAGES[0], verbose=0), "x.reshape((1, 784))"),
        (lambda: digits().predict(IMAGES.reshape(8, 784), LABELS), "model.evaluate(x, y)"),
        (lambda: digits().predict(3.0), "np.array([x])"),
        (lambda: digits().predict(np.array([["1", "2"]])), 'np.array(x).astype("float32")'),
        (lambda: digits().predict(np.array([[1, 2.5]], dtype=object)), 'np.array(x).astype("float32")'),
        (lambda: digits().predict(i for i in range(3)), "np.array([...])"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), ["cat"] * 8), "np.unique(y, return_inverse=True)"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), np.array(["cat"] * 8, object)), "np.unique(y"),
        (lambda: digits().fit(IMAGES.reshape(8, 784)), "y is missing"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), validation_split=0.2), "y is missing"),
        (lambda: digits().fit([[1, 2], [3]], [0, 1], validation_split=0.5), "equally long"),
        (lambda: digits().fit((i for i in range(3)), validation_split=0.5), "np.array([...])"),
        (lambda: digits().fit(3, 3, validation_split=0.5), "np.array([x])"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), LABELS, validation_split="0.2"), "'0.2'"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), LABELS[:5], validation_split=0.2), "8 samples, but y has 5"),
        (lambda: digits("mse").fit(IMAGES.reshape(8, 784), LABELS), "y = to_categorical(y, 10)"),
        (lambda: digits("bce").fit(IMAGES.reshape(8, 784), LABELS), 'loss="sparse_categorical_crossentropy"'),
        (lambda: digits("mse").fit(IMAGES.reshape(8, 784), IMAGES), "set its units to 784"),
        (lambda: pictures((28, 28)).predict(IMAGES[0]), "x[None]"),
        (lambda: pictures((28, 28, 1)).predict(IMAGES[0].tolist()), "np.array(x)[None]"),
        (lambda: pictures((28, 28, 1)).predict(IMAGES[0].ravel()), "x.reshape((1, 28, 28, 1))"),
        (lambda: pictures((28, 28, 1)).predict(IMAGES.reshape(8, 784)), "x.reshape((-1, 28, 28, 1))"),
        (lambda: pictures((8, 6, 3)).predict(np.zeros((5, 3, 8, 6))), "x.transpose(0, 2, 3, 1)"),
        (lambda: pictures((8, 6, 3)).predict(np.zeros((3, 8, 6))), "x.transpose(1, 2, 0)[None]"),
        (lambda: digits().fit(np.zeros((0, 784)), np.zeros((0, 10))), "at least one"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), np.eye(10)[:8], validation_data=IMAGES), "pair"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), np.eye(10)[:8], validation_split=1.0), "validation_split"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), np.eye(10)[:8], steps_per_epoch=3), "steps_per_epoch"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), np.eye(10)[:8], sample_weight=[1, 2]), "8 samples"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), np.eye(10)[:8], callbacks=[3]), "callbacks"),
        (lambda: fitted(callbacks.LearningRateScheduler(lambda epoch: None)), "schedule(0) is None"),
        (lambda: callbacks.LearningRateScheduler(0.1), "function"),
        (lambda: callbacks.ReduceLROnPlateau(factor=2), "below 1"),
        (lambda: fitted(callbacks.ModelCheckpoint("{val_loss:.2f}.keras")), "validation_data"),
        (lambda: callbacks.ModelCheckpoint("m.keras", save_weights_only=True), "save_weights_only=False"),
        (lambda: fitted(epochs="5"), "epochs is '5'; give a whole number"),
        (lambda: fitted(epochs=5.0), "epochs is 5.0"),
        (lambda: fitted(epochs=None), "epochs is None"),
        (lambda: fitted(batch_size="32"), "batch_size is '32'"),
        (lambda: fitted(batch_size=0), "batch_size is 0; give a whole number, at least 1"),
        (lambda: fitted(initial_epoch=-1), "initial_epoch"),
        (lambda: fitted(validation_freq=0), "validation_freq"),
        (lambda: fitted(validation_split="0.2"), "validation_split is '0.2'"),
        (lambda: classifier().fit([[1, 2], [3]], Y, validation_split=0.5), "x must be an array of numbers"),
        (lambda: classifier().fit(X, 3, validation_split=0.5), "y is a single number"),
        (lambda: classifier().fit(X, Y, verbose=None), "verbose is None"),
        (lambda: classifier().evaluate(X, Y, batch_size=1.5, verbose=0), "evaluate: batch_size"),
        (lambda: classifier().predict(X, steps=3), "steps"),
        (lambda: optimizers.SGD("fast"), "learning_rate is 'fast'; give a number"),
        (lambda: optimizers.SGD(None), "learning_rate is None"),
        (lambda: optimizers.SGD(0.1, global_clipnorm="x"), "global_clipnorm"),
        (lambda: optimizers.SGD(ema_momentum=0.9), "ema_momentum"),
        (lambda: optimizers.schedules.ExponentialDecay(0.1, 0, 0.5), "decay_steps is 0; give a number above 0"),
        (lambda: optimizers.schedules.CosineDecay("x", 1), "initial_learning_rate"),
        (lambda: classifier(metrics=[3]), "metric"),
        (lambda: classifier().compile("sgd", "mse", metrics={"accuracy"}), "metric"),
        (lambda: keras.Sequential([layers.Dense(1)]).fit(X, Y), "compile"),
        (lambda: digits().compile("sgd"), "loss"),
        (lambda: digits().compile("sgd", "mse", nonsense=3), "nonsense"),
        (lambda: classifier(1, "softmax", "categorical_crossentropy").fit(X, Y), "binary_crossentropy"),
        (lambda: classifier(loss=losses.CategoricalCrossentropy(from_logits=True)).fit(X, np.eye(2)[Y]), "from_logits"),
    ],
)
def test_a_mistake_is_answered_with_what_to_write(action, words):
    with pytest.raises(InputProblem) as caught:
        action()
    assert words in caught.value.text.en and len(caught.value.text.en) < 320
    assert re.search("[ぁ-ん]", caught.value.text.ja)

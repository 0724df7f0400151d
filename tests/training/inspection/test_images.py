import numpy as np

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.max_pooling_2d import MaxPooling2D
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.training.inspection.images import feature_maps, kernels


def test_a_filter_is_found_where_its_pattern_is():
    network = Network(
        NetworkSpec((1, 8, 8), (Conv2D(2, 3, activation=ReLU()), MaxPooling2D(2), Flatten(), Dense(3, Softmax())))
    )
    parameters = np.zeros(network.size)
    filters = network.views(parameters)[0]["W"]
    filters[1] = [0, 1, 0, 1, 1, 1, 0, 1, 0]
    image = np.zeros((8, 8))
    image[4, 2:5], image[3:6, 3] = 1, 1
    maps = feature_maps(network, parameters, image.ravel())
    assert [(m.index, m.values.shape) for m in maps] == [(0, (2, 6, 6)), (1, (2, 3, 3)), (3, (3,))]
    assert np.unravel_index(maps[0].values[1].argmax(), (6, 6)) == (3, 2)
    assert maps[0].values[1].max() == 5
    assert not maps[0].values[0].any()
    found = kernels(network, parameters, 0)
    np.testing.assert_array_equal(found[1, 0], [[0, 1, 0], [1, 1, 1], [0, 1, 0]])
    assert kernels(network, parameters, 1) is None
    assert kernels(network, parameters, 3) is None


def test_the_weights_of_a_dense_layer_on_pixels_are_images():
    network = Network(NetworkSpec((1, 4, 5), (Flatten(), Dense(3, ReLU()), Dense(2, Softmax()))))
    parameters = network.initial_parameters(np.random.default_rng(0))
    found = kernels(network, parameters, 1)
    assert found.shape == (3, 1, 4, 5)
    np.testing.assert_array_equal(found.reshape(3, 20), network.views(parameters)[1]["W"])
    assert kernels(network, parameters, 2) is None

"""Images of one's own from IDX files: of any size, split or with files for testing, and refused in words."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from nnplayground.data.datasets.image_files import ImageFiles
from nnplayground.data.handwriting import generate
from nnplayground.data.idx import read_idx, to_idx
from nnplayground.text import Problem


def write(folder: Path, name: str, images: np.ndarray, labels: np.ndarray, packed: bool = False) -> Path:
    """A pair of files named as MNIST's; returns that of the images."""
    for kind, array in (("images-idx3", images), ("labels-idx1", labels.astype(np.uint8))):
        data = to_idx(array)
        path = folder / f"{name}-{kind}-ubyte{'.gz' if packed else ''}"
        path.write_bytes(gzip.compress(data) if packed else data)
    return folder / f"{name}-images-idx3-ubyte{'.gz' if packed else ''}"


@pytest.fixture
def made() -> tuple[np.ndarray, np.ndarray]:
    return generate(60, 5, dtype=np.uint8)


@pytest.mark.parametrize("packed", [False, True])
def test_the_labels_are_found_by_name_and_some_are_held_out(tmp_path, made, packed):
    path = write(tmp_path, "mine", *made, packed)
    data = ImageFiles(images=str(path), test_share=0.25).load()
    assert data.x_train.shape == (45, 784) and data.x_test.shape == (15, 784)
    rows = {
        row.tobytes(): label for row, label in zip((made[0] / np.float32(255)).reshape(60, -1), made[1], strict=True)
    }
    for x, t in ((data.x_train, data.train_labels), (data.x_test, data.test_labels)):
        assert all(rows[np.ascontiguousarray(row).tobytes()] == label for row, label in zip(x, t, strict=True))


def test_files_for_testing_beside_them_are_tested_on(tmp_path, made):
    path = write(tmp_path, "train", *made)
    test = generate(20, 6, dtype=np.uint8)
    write(tmp_path, "t10k", *test)
    data = ImageFiles(images=str(path), samples=50).load()
    assert len(data.x_train) == 50 and np.array_equal(data.train_labels, made[1][:50])
    assert np.array_equal(data.test_labels, test[1])
    np.testing.assert_allclose(data.x_test, test[0].reshape(20, -1) / 255, atol=1e-6)


@pytest.mark.parametrize(("height", "width"), [(56, 56), (16, 16), (56, 28)])
def test_images_of_another_size_are_brought_to_28x28(tmp_path, made, height, width):
    images = np.zeros((60, height, width), np.uint8)
    images[:, height // 4 : height // 2, width // 4 : width // 2] = 200
    path = write(tmp_path, "mine", images, made[1])
    data = ImageFiles(images=str(path)).load()
    found = data.x_train[0].reshape(28, 28)
    assert found.max() == pytest.approx(200 / 255, abs=0.01)
    scale = 28 / max(height, width)
    assert found.sum() == pytest.approx(200 / 255 * (height // 4) * (width // 4) * scale**2, rel=0.02)
    rows, columns = np.nonzero(found > 0.3)
    assert rows.mean() == pytest.approx((28 - height * scale) / 2 + 3 * height * scale / 8 - 0.5, abs=0.3)
    assert columns.mean() == pytest.approx((28 - width * scale) / 2 + 3 * width * scale / 8 - 0.5, abs=0.3)


def test_what_is_missing_or_wrong_is_said(tmp_path, made):
    def words(**options: object) -> str:
        with pytest.raises(Problem) as caught:
            ImageFiles(**options).load()
        return caught.value.text.en

    assert "Choose files" in words()
    path = write(tmp_path, "mine", *made)
    (tmp_path / "mine-labels-idx1-ubyte").unlink()
    assert "mine-labels-idx1-ubyte" in words(images=str(path))
    assert "does not hold labels" in words(images=str(path), labels=str(path))
    write(tmp_path, "mine", made[0], made[1] + 10)
    assert "labels go from 0 to 9" in words(images=str(path))
    write(tmp_path, "mine", made[0], made[1][:7])
    assert "60 images but 7 labels" in words(images=str(path))


def test_arrays_come_back_from_idx(tmp_path):
    array = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    (tmp_path / "a").write_bytes(to_idx(array))
    assert np.array_equal(read_idx(tmp_path / "a"), array)

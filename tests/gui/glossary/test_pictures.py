"""Each technical word has a card with a formula and a picture that is drawn by the code that the network runs on."""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from nnplayground.engine.optimizers import optimizers
from nnplayground.gui.glossary.pictures import SIZE, descents, draw_of, grids, pixmap_of
from nnplayground.gui.glossary.terms import Term, terms
from nnplayground.gui.theme import DARK, LIGHT, Theme


def drawn(term: Term, theme: Theme = LIGHT) -> QImage:
    draw = draw_of(term.name.en, term.id, term.package)
    assert draw is not None, term.name.en
    return pixmap_of(draw, theme, 1.0).toImage().convertToFormat(QImage.Format.Format_RGB32)


def pixels(image: QImage) -> np.ndarray:
    raw = np.frombuffer(bytes(image.constBits()), np.uint8)
    return raw.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, :, :3]


@pytest.mark.usefixtures("qapp")
def test_every_word_has_a_formula_and_a_picture() -> None:
    without_formula = [term.name.en for term in terms() if not term.formula]
    assert not without_formula
    for term in terms():
        for theme in (LIGHT, DARK):
            image = drawn(term, theme)
            assert image.size() == SIZE
            ground = QColor(theme.surface)
            paper = np.array([ground.blue(), ground.green(), ground.red()])
            share = float((pixels(image) != paper).any(axis=2).mean())
            assert 0.004 < share < 0.9, (term.name.en, share)


@pytest.mark.usefixtures("qapp")
def test_pictures_of_one_kind_differ() -> None:
    kinds: dict[str, list[Term]] = {}
    for term in terms():
        kinds.setdefault(term.package, []).append(term)
    alike = [
        (a.name.en, b.name.en)
        for package, known in kinds.items()
        for a, b in combinations(known, 2)
        if package and (pixels(drawn(a)) == pixels(drawn(b))).all()
    ]
    assert not alike


def test_every_optimizer_gets_down_into_the_valley() -> None:
    for id in optimizers:
        path = descents.way(id, descents.RATES.get(id, 0.1))
        energy = (descents.STEEP * path**2).sum(axis=1)
        assert energy[-1] < 0.75 * energy[0], id


def test_the_kernel_finds_upright_edges_of_both_signs() -> None:
    image = np.zeros((8, 8))
    image[:, 3:5] = 1
    found = grids.found_by(image, grids.EDGES)
    assert found.shape == (6, 6)
    assert found[:, 1].min() == 4
    assert found[:, -2].max() == -4
    assert not grids.found_by(image.T, grids.EDGES)[:, 1:-1].any()

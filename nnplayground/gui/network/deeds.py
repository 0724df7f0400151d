"""What can be done to the network in its picture. All of it can be undone, and nothing that was learnt is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from nnplayground.data.features import FEATURES, switched
from nnplayground.gui.designer import edits
from nnplayground.gui.desk import Desk
from nnplayground.gui.network.handing_on import layer_that_hands_on
from nnplayground.gui.network.parts import UNIT, Part, unit_words
from nnplayground.text import Problem, Text
from nnplayground.training.handling import freeze, is_frozen, silence

ADD_UNIT = Text("one unit more in layer {layer}", "第 {layer} 層のユニットを 1 個追加")
REMOVE_UNIT = Text("remove: {unit}", "{unit} を削除")
ADD_LAYER = Text("add {layer}", "{layer}を追加")
REMOVE_LAYER = Text("remove {layer}", "{layer}を削除")
SILENCE = Text("silence: {unit}", "{unit} を休止")
WAKE = Text("let work: {unit}", "{unit} を再開")
FREEZE = Text("freeze: {what}", "{what} を固定")
THAW = Text("let learn: {what}", "{what} の固定を解除")
SWITCH = Text("input {name}: {state}", "入力 {name}: {state}")
ON, OFF = Text("on", "オン"), Text("off", "オフ")
SET = Text("{what} = {value:.4g}", "{what} = {value:.4g}")
BIAS_OF = Text("bias of {unit}", "{unit} のバイアス")
WEIGHT_OF = Text("weight {source} of {unit}", "{unit} の重み {source}")
LAYER = Text("layer {layer}", "第 {layer} 層")
INSTEAD = Text(
    "The new layer uses {used}, which hands everything on unchanged; {usual} could not.",
    "新しい層の活性化関数は{used}にしました。{usual}と違い、値をそのまま渡せます。",
)
LAST_FEATURE = Text(
    "At least one input has to stay; switch another on first.",
    "入力は 1 つ以上必要です。先に別の入力をオンにしてください。",
)
UNKNOWN = -2
"""Index of a parameter of a layer that the network does not have yet."""


class Deeds:
    """Edits of the document, and parameters set by hand."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._document = desk.document

    def sizable(self) -> frozenset[int]:
        """Layers that can have more or fewer units."""
        layers = self._document.experiment.layers
        return frozenset(i for i, layer in enumerate(layers[:-1]) if _size(layer) is not None)

    def grow(self, layer: int) -> None:
        """One unit more; it enters with zero outgoing weights."""
        self._resize(layer, 1, ADD_UNIT.format(layer=layer + 1))

    def shrink(self, layer: int, unit: int | None = None) -> None:
        """One unit less: `unit`, or the last one."""
        if layer not in self.sizable():
            return
        name = _size(self._document.experiment.layers[layer]) or ""
        gone = getattr(self._document.experiment.layers[layer], name) - 1 if unit is None else unit
        self._resize(layer, -1, REMOVE_UNIT.format(unit=unit_words(layer, gone)), {layer: (gone,)})

    def _resize(self, layer: int, by: int, words: Text, removed: dict[int, tuple[int, ...]] | None = None) -> None:
        if layer not in self.sizable():
            return
        experiment = self._document.experiment
        old = experiment.layers[layer]
        name = _size(old) or ""
        try:
            new = old.replace(**{name: getattr(old, name) + by})
        except Problem as problem:
            self._desk.ui.tell(problem.text, "warning")
            return
        self._document.edit(edits.put(experiment, layer, new), words, select=layer, removed=removed)

    def insert_layer(self, index: int) -> None:
        """A dense layer at `index`, or after the next flatten layer, that hands on what it gets."""

        def insert() -> None:
            experiment = self._document.experiment
            place, new, usual = layer_that_hands_on(experiment, index)
            words = ADD_LAYER.format(layer=new.label)
            self._document.edit(edits.insert(experiment, place, new), words, select=place)
            if new.activation != usual:
                self._desk.ui.tell(INSTEAD.format(used=new.activation.label, usual=usual.label))

        self._try(insert)

    def remove_layer(self, layer: int) -> None:
        """Without this layer; what comes after it goes on."""

        def remove() -> None:
            experiment = self._document.experiment
            words = REMOVE_LAYER.format(layer=experiment.layers[layer].label)
            units = range(experiment.network().shapes[layer + 1][0])
            self._document.edit(edits.remove(experiment, layer), words, select=layer, removed={layer: tuple(units)})

        self._try(remove)

    def silence(self, layer: int, unit: int, on: bool) -> None:
        """Hold a unit at 0, or let it work again."""
        words = (SILENCE if on else WAKE).format(unit=unit_words(layer, unit))
        self._try(lambda: self._document.edit(silence(self._document.experiment, layer, unit, on), words))

    def freeze(self, part: Part, on: bool) -> None:
        """Keep a weight or bias, or a whole layer, as it is, or let it learn again."""
        name, index = self._address(part)
        if index == UNKNOWN:
            return
        words = (FREEZE if on else THAW).format(what=self.words(part))
        self._document.edit(freeze(self._document.experiment, part.layer, name, index, on), words)

    def is_frozen(self, part: Part) -> bool:
        """Whether a weight or bias, or a whole layer, keeps its value."""
        return is_frozen(self._document.experiment, part.layer, *self._address(part))

    def set_parameter(self, part: Part, before: float, now: float) -> None:
        """Give a weight or a bias another value."""
        name, index = self._address(part)
        put = partial(self._desk.controller.edit_parameter, part.layer, name, index)
        words = SET.format(what=self.words(part), value=now)
        self._document.act(lambda: put(now), lambda: put(before), words, key=(part.layer, name, index))

    def value(self, part: Part) -> float | None:
        """The present value of a weight or a bias."""
        newest = self._desk.controller.newest
        if newest is None or not 0 <= part.layer < len(newest.network.spec.layers):
            return None
        name, index = self._address(part)
        found = newest.network.views(newest.parameters)[part.layer].get(name)
        return float(found.flat[index]) if found is not None and 0 <= index < found.size else None

    def switch(self, feature: str) -> None:
        """Feed the network a feature of the point, or no longer."""
        dataset = self._document.experiment.dataset
        on = feature not in dataset.inputs
        now = switched(dataset.inputs, feature, on)
        words = SWITCH.format(name=FEATURES[feature].name, state=ON if on else OFF)
        if not now:
            self._desk.ui.tell(LAST_FEATURE, "warning")
            return
        changed = dataset.replace(features=now)
        self._try(lambda: self._document.edit(self._document.experiment.replace(dataset=changed), words))

    def words(self, part: Part) -> Text:
        """What is frozen or set."""
        if part.kind == "layer":
            return LAYER.format(layer=part.layer + 1)
        unit = UNIT.format(layer=part.layer + 1, unit=part.unit + 1)
        return BIAS_OF.format(unit=unit) if part.kind == "bias" else WEIGHT_OF.format(source=part.source + 1, unit=unit)

    def _address(self, part: Part) -> tuple[str, int]:
        """Name and index of a parameter, as commands and frozen places have them; the network may not have it yet."""
        if part.kind == "layer":
            return "", -1
        if part.kind == "bias":
            return "b", part.unit
        newest = self._desk.controller.newest
        addresses = [] if newest is None else newest.network.addresses
        found = addresses[part.layer].get("W") if part.layer < len(addresses) else None
        return "W", UNKNOWN if found is None else part.unit * found.shape[1] + part.source

    def _try(self, deed: Callable[[], object]) -> None:
        try:
            deed()
        except Problem as problem:
            self._desk.ui.tell(problem.text, "warning")


def _size(layer: object) -> str | None:
    """Name of the option that says how many units or filters there are."""
    return next((name for name in ("units", "filters") if hasattr(layer, name)), None)

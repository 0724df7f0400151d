"""Points of one look, and no picture of them but the present one."""

from __future__ import annotations

import pyqtgraph as pg


class Spots(pg.ScatterPlotItem):  # type: ignore[misc]
    """Points that all look alike.

    pyqtgraph draws each from a picture that it looks up by the pen and the brush, not by their colours, and it keeps up to
    1,000 of those pictures for each item (0.14.0): to set an equal pen or brush again makes one more.
    https://github.com/pyqtgraph/pyqtgraph/issues/1492
    """

    def __init__(self, size: float, symbol: str = "o") -> None:
        super().__init__(size=size, symbol=symbol)
        self._look: tuple[str | None, str | None, float] | None = None

    def dress(self, fill: str | None, edge: str | None, width: float = 1.0) -> None:
        """Paint them in the colour `fill`, with an edge in another, `width` pixels wide; None: without."""
        look = fill, edge, width
        if look != self._look:
            self._look = look
            self.fragmentAtlas.clear()
            self.setPen(pg.mkPen(edge, width=width), update=False)
            self.setBrush(pg.mkBrush(fill))

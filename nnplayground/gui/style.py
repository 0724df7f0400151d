"""A theme put upon Qt: the Fusion style, a palette, and one short style sheet for the shapes."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QDir
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from nnplayground import resources
from nnplayground.gui.letters import growth, scaled
from nnplayground.gui.theme import Theme

FIELD = 20
"""Pixels of the height inside a field, with letters of the usual size."""
JAPANESE_FONTS = ("Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic UI", "Meiryo", "IPAexGothic")


def application() -> QApplication:
    """The application, which has to be made before any widget."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    raise RuntimeError("make the QApplication first")


def apply(theme: Theme) -> None:
    """Give the whole application the look of `theme`."""
    app = application()
    look = f"{theme.name} {growth()}"
    if app.property("nnplayground_look") == look:
        return
    with nothing_collected():
        if app.style().name() != "fusion":
            app.setStyle("Fusion")
        QDir.setSearchPaths("style", [str(resources.path("style"))])
        _add_japanese_fonts(app)
        app.setPalette(palette(theme))
        app.setStyleSheet(sheet(theme))
    app.setProperty("nnplayground_look", look)


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Put off Python's garbage collection, in all threads.

    For a new look Qt goes through a list of all widgets and sends events, which Python code sees. If a widget that Python
    owns is collected then, Qt goes on with its address, and the process ends (Qt 6.11, `QStyleSheetStyle::repolish`).
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _add_japanese_fonts(app: QApplication) -> None:
    """Kana and kanji in Japanese shapes, whatever the locale makes of the shared code points."""
    font = app.font()
    known = [name for name in JAPANESE_FONTS if QFontDatabase.hasFamily(name)]
    families = [font.family(), *(name for name in known if name != font.family())]
    if font.families() != families:
        wanted = QFont(font)
        wanted.setFamilies(families)
        app.setFont(wanted)


def palette(theme: Theme) -> QPalette:
    """The colours of `theme` in Qt's roles."""
    role = QPalette.ColorRole
    colors = {
        role.Window: theme.window, role.WindowText: theme.text, role.Base: theme.surface,
        role.AlternateBase: theme.window, role.ToolTipBase: theme.text, role.ToolTipText: theme.surface,
        role.Text: theme.text, role.PlaceholderText: theme.muted, role.Button: theme.surface,
        role.ButtonText: theme.text, role.BrightText: theme.error, role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent, role.Accent: theme.accent, role.Link: theme.accent,
        role.LinkVisited: theme.accent, role.Light: theme.surface, role.Midlight: theme.sunken,
        role.Mid: theme.border, role.Dark: theme.outline, role.Shadow: theme.border,
    }  # fmt: skip
    made = QPalette()
    for key, color in colors.items():
        made.setColor(key, QColor(color))
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, QColor(theme.disabled))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.sunken))
    made.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, QColor(theme.disabled))
    return made


def sheet(theme: Theme) -> str:
    """The style sheet: only what the palette cannot say."""
    return _SHEET % {**vars(theme), "field": scaled(FIELD)}


_SHEET = """
QMainWindow, QDialog { background: %(window)s; }
QMainWindow::separator { background: transparent; width: 6px; height: 6px; }
QMainWindow::separator:hover { background: %(border)s; }
QToolTip { color: %(surface)s; background: %(text)s; border: 0; padding: 5px 8px; }

QToolBar { background: %(window)s; border: 0; padding: 6px 8px; spacing: 4px; }
QToolBar::separator { background: %(border)s; width: 1px; margin: 6px 6px; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 5px; }
QToolButton:hover { background: %(hover)s; }
QToolButton:pressed, QToolButton:checked { background: %(selected)s; }
QToolButton:focus { border-color: %(accent)s; }
QToolButton[popupMode="1"] { padding-right: 16px; }
QToolButton[toolButtonStyle="2"]::menu-indicator { subcontrol-origin: padding; subcontrol-position: right center; }
QToolButton[legend="true"] { padding: 2px 6px; color: %(disabled)s; }
QToolButton[legend="true"]:checked { background: transparent; color: %(text)s; }
QToolButton[legend="true"]:hover { background: %(hover)s; }

QToolButton[role="slim"] { padding: 1px; }
QToolButton[role="slim"]:disabled { color: %(text)s; }
QToolButton[role="switch"] { border-color: %(border)s; padding: 3px; color: %(muted)s; }
QToolButton[role="switch"]:checked { border-color: %(accent)s; color: %(text)s; }
QToolButton[role="switch"]:focus { border: 2px solid %(accent)s; padding: 2px; }
QToolButton[role="fold"]:checked { background: transparent; }

QPushButton { background: %(surface)s; border: 1px solid %(outline)s; border-radius: 6px; padding: 5px 14px; }
QPushButton:hover { background: %(hover)s; }
QPushButton:pressed, QPushButton:checked { background: %(selected)s; }
QPushButton:focus { border: 2px solid %(accent)s; padding: 4px 13px; }
QPushButton:default { background: %(accent)s; color: %(on_accent)s; border-color: %(accent)s; }
QPushButton:disabled { color: %(disabled)s; background: %(window)s; border-color: %(border)s; }

QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
  background: %(surface)s; border: 1px solid %(outline)s; border-radius: 6px; padding: 3px 7px; min-height: %(field)spx;
  selection-background-color: %(accent)s; selection-color: %(on_accent)s; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
  border: 2px solid %(accent)s; padding: 2px 6px; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
  color: %(disabled)s; background: %(window)s; border-color: %(border)s; }
QComboBox { padding-right: 24px; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url(style:arrow-down.svg); width: 14px; height: 14px; }
QAbstractSpinBox { padding-right: 22px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: 22px; background: transparent; }
QAbstractSpinBox::up-button { subcontrol-position: top right; border-top-right-radius: 5px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; border-bottom-right-radius: 5px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: %(hover)s; }
QAbstractSpinBox::up-arrow { image: url(style:arrow-up.svg); width: 11px; height: 11px; }
QAbstractSpinBox::down-arrow { image: url(style:arrow-down.svg); width: 11px; height: 11px; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit { border: 0; padding: 0; background: transparent; }
QLineEdit#qt_spinbox_lineedit { margin-left: 6px; min-height: 0; }
QAbstractSpinBox[role="plain"] { padding-right: 2px; }
QAbstractSpinBox[role="plain"]::up-button, QAbstractSpinBox[role="plain"]::down-button { width: 0; }
QAbstractSpinBox[role="plain"]::up-arrow, QAbstractSpinBox[role="plain"]::down-arrow { image: none; }

QCheckBox, QRadioButton { spacing: 7px; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
  width: 15px; height: 15px; border: 1px solid %(outline)s; border-radius: 4px; background: %(surface)s; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid %(accent)s; width: 13px; height: 13px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  background: %(accent)s; border-color: %(accent)s; image: url(style:check-%(name)s.svg); }
QCheckBox:focus, QRadioButton:focus { color: %(accent)s; }
QRadioButton::indicator:checked { background: %(surface)s; border: 5px solid %(accent)s; width: 7px; height: 7px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: %(border)s; background: %(window)s; }

QDockWidget { color: %(text)s; font-weight: 600; titlebar-close-icon: url(style:dock-close.svg);
  titlebar-normal-icon: url(style:dock-float.svg); icon-size: 18px; }
QDockWidget::close-button, QDockWidget::float-button { border: 0; border-radius: 4px; background: transparent;
  padding: 0; icon-size: 18px; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: %(hover)s; }
QDockWidget::title { background: %(surface)s; padding: 8px 10px; border-top-left-radius: 8px;
  border-top-right-radius: 8px; }
QDockWidget > QWidget { background: %(surface)s; }
QTabBar::tab { background: transparent; color: %(muted)s; padding: 7px 12px; border: 0;
  border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: %(text)s; }
QTabBar::tab:selected { color: %(text)s; border-bottom-color: %(accent)s; }
QTabBar::tab:focus { color: %(accent)s; }

QMenuBar { background: %(window)s; padding: 2px 6px; }
QMenuBar::item { padding: 5px 10px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: %(hover)s; }
QMenu { background: %(surface)s; border: 1px solid %(border)s; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 12px; border-radius: 5px; }
QMenu::item:selected { background: %(selected)s; color: %(text)s; }
QMenu::item:disabled { color: %(disabled)s; }
QMenu::separator { height: 1px; background: %(border)s; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }
QMenu::icon:checked { background: %(selected)s; border: 1px solid %(accent)s; border-radius: 4px; }

QAbstractItemView { background: %(surface)s; border: 1px solid %(border)s; border-radius: 6px; outline: 0;
  selection-background-color: %(selected)s; selection-color: %(text)s; }
QAbstractItemView::item:hover:!selected { background: %(hover)s; }
QHeaderView::section { background: %(sunken)s; color: %(muted)s; border: 0; padding: 5px 8px; }
QAbstractItemView[role="plain"] { border: 0; border-radius: 0; }
QScrollArea { border: 0; background: transparent; }
QScrollBar { background: transparent; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: %(outline)s; border-radius: 3px; margin: 3px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: %(muted)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSlider::groove:horizontal { background: %(outline)s; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: %(accent)s; border-radius: 2px; }
QSlider::handle:horizontal { background: %(accent)s; border: 3px solid %(surface)s; width: 14px; height: 14px;
  margin: -8px 0; border-radius: 10px; }
QSlider::handle:horizontal:focus { border-color: %(selected)s; background: %(text)s; }
QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled { background: %(disabled)s; }
QProgressBar { background: %(sunken)s; border: 0; border-radius: 4px; text-align: center; min-height: 8px; }
QProgressBar::chunk { background: %(accent)s; border-radius: 4px; }
QStatusBar { background: %(window)s; color: %(muted)s; }
QFrame[role="card"] { background: %(surface)s; border: 1px solid %(border)s; border-radius: 8px; }
QLabel[role="muted"] { color: %(muted)s; }
QLabel[role="error"] { color: %(error)s; }
QLabel[role="warning"] { color: %(warning)s; }
QLabel[role="title"] { font-weight: 600; }
"""

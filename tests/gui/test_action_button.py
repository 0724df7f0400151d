from collections.abc import Callable

from PySide6.QtCore import SIGNAL
from PySide6.QtWidgets import QToolButton

from tests.gui.driving import Driver


def test_t02_a_change_of_an_action_leaves_nothing_with_its_buttons(drive: Callable[..., Driver]) -> None:
    driver = drive()
    buttons = [each for each in driver.window.findChildren(QToolButton) if each.defaultAction() is not None]
    assert {"button_step", "button_reset", "layer_up", "layer_remove"} <= {each.objectName() for each in buttons}
    for button in buttons:
        action = button.defaultAction()
        before, words, enabled = action.receivers(SIGNAL("changed()")), action.text(), action.isEnabled()
        for i in range(6):
            action.setText(f"again {i}")
            action.setEnabled(not action.isEnabled())
        assert button.text() == "again 5"
        assert button.isEnabled() == action.isEnabled() == enabled
        assert action.receivers(SIGNAL("changed()")) <= before, button.objectName()
        action.setText(words)

"""Every test runs without a display, without a network, in a home of its own, and leaves nothing behind."""

import os
import socket
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.leaks import Watch

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The networks of the tests are small: on a busy machine a second thread only makes products wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.update(LC_ALL="C.UTF-8", LANGUAGE="")

# The same examples in every run, and no clock: a busy machine must not fail a test.
settings.register_profile("suite", deadline=None, derandomize=True, database=None)
settings.load_profile("suite")

_HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
_XDG = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
_LOOPBACK = ("localhost", "127.0.0.1", "::1", "", None)
_failed = pytest.StashKey[bool]()


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, caches and recovery files of the person who runs the tests are neither read nor written."""
    home = tmp_path_factory.mktemp("home", numbered=True)
    for name in _HOMES:
        monkeypatch.setenv(name, str(home))
    for name in _XDG:
        monkeypatch.setenv(name, str(home / name.lower()))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is fetched; a server of the test itself, on this machine, is allowed."""
    connect, getaddrinfo = socket.socket.connect, socket.getaddrinfo

    def connect_here(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse_unless_here(address[0])
        return connect(self, address)

    def getaddrinfo_here(host, *args, **kwargs):
        _refuse_unless_here(host)
        return getaddrinfo(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
    monkeypatch.setattr(socket.socket, "connect_ex", connect_here)
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo_here)


def _refuse_unless_here(host: object) -> None:
    if host not in _LOOPBACK:
        pytest.fail(f"A test wanted to reach {host!r} over the network")


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, a running timer or a window behind."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        watch = Watch(monkeypatch)
        yield
        if request.node.stash.get(_failed, False):
            return  # its traceback holds on to everything
        if left := watch.left():
            pytest.fail("The test left something behind:\n" + "\n".join(left), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Remember whether the test failed."""
    report = yield
    if report.failed:
        item.stash[_failed] = True
    return report

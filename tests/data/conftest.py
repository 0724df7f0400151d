from tests.data.toy_server import server, source

__all__ = ["server", "source"]

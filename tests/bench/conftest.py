"""The desk of the whole way, for benchmarks on real servers."""

from e2e.conftest import bare, desk, empty_home, make_desk, warm

__all__ = ["bare", "desk", "empty_home", "make_desk", "warm"]

from tests.staff.conftest import desk

__all__ = ["desk"]

"""Fixtures and hooks live in tests/support, where they can be imported and read by name."""

pytest_plugins = ("tests.support.plugin", "tests.support.running_app")

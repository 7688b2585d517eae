"""Fixtures and hooks live in tests/support/plugin.py, where they can be imported and read by name."""

pytest_plugins = ("tests.support.plugin",)

"""The public book: procedures, rules, what the commission has confirmed of them."""

from cases.book import confirming_routes, procedure_routes, rule_routes
from cases.book.blueprint import blueprint

# Naming the modules here registers their views with the blueprint.
__all__ = ["blueprint", "confirming_routes", "procedure_routes", "rule_routes"]

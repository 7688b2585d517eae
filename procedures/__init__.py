"""What the rules say: regulations, time limits, penalties, votes and procedures, read from TOML."""

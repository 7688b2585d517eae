"""The entry point of gunicorn (`wsgi:app`) and of every `flask --app wsgi` command."""

from cases import create_app

app = create_app()

"""The entry point of gunicorn (`wsgi:app`) and of every `flask --app wsgi` command.

What stops the start is said in words: a setting out of range, a rule or form file with a problem.
"""

import sys

from pydantic import ValidationError

from cases import create_app
from forms.problems import FormCatalogueError
from procedures.errors import RuleBookError

try:
    app = create_app()
except (RuleBookError, FormCatalogueError) as error:
    sys.exit(f"Không khởi động được, tệp quy định hoặc mẫu văn bản có lỗi:\n{error}")
except ValidationError as error:
    lines = (
        f"{'.'.join(map(str, item['loc'])).upper()}: {item['msg']}"
        for item in error.errors(include_url=False)
    )
    sys.exit("Không khởi động được, biến môi trường không hợp lệ (xem docs/operate.md):\n" + "\n".join(lines))

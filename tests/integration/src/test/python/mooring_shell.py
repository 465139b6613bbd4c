"""Runs the Python that arrives in lines of base64, each in the same namespace, and answers with what it printed."""

import base64
import contextlib
import io
import sys
import traceback

import django

django.setup()
namespace = {}
for line in sys.stdin:
    said = io.StringIO()
    outcome = "ok"
    with contextlib.redirect_stdout(said):
        try:
            exec(base64.b64decode(line).decode("utf-8"), namespace)
        except Exception:
            outcome = "error"
            said.write(traceback.format_exc())
    print(outcome, base64.b64encode(said.getvalue().encode("utf-8", "surrogatepass")).decode("ascii"), flush=True)

"""Django, set up once. A fork of it serves each connection to a socket, whose path is the argument, until stdin ends.

A client sends lines of base64. The first has variables of the environment that say where the database is. Each other is Python,
run in one namespace, and answered by an exit code and what it printed, in base64 too.
"""

import base64
import contextlib
import importlib
import io
import os
import select
import signal
import socket
import sys
import traceback

import django
from django.conf import settings
from django.db import connections

import mooring_django_settings


def use_database(variables):
    os.environ.update(line.split("=", 1) for line in variables.split("\n"))
    settings.DATABASES = importlib.reload(mooring_django_settings).DATABASES
    connections._settings = None  # It has read DATABASES if an app asked for the vendor.
    for cached in "settings", "databases":
        vars(connections).pop(cached, None)
    with contextlib.suppress(AttributeError):
        del connections["default"]


def run(lines, namespace):
    """Returns the exit code that a program of these lines would have."""
    try:
        exec(lines, namespace)
        return 0
    except SystemExit as e:
        return e.code or 0
    except Exception:
        traceback.print_exc()
        return 1


def serve(stream):
    use_database(base64.b64decode(stream.readline()).decode("utf-8"))
    namespace = {}
    for line in stream:
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = run(base64.b64decode(line).decode("utf-8"), namespace)
        answer = base64.b64encode(said.getvalue().encode("utf-8", "surrogatepass"))
        stream.write(b"%d %s\n" % (code, answer))
        stream.flush()


def main(path):
    django.setup()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # Nobody waits for the forks.
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        print("ready", flush=True)
        while True:
            ready, _, _ = select.select([listener, sys.stdin], [], [])
            if sys.stdin in ready:
                return
            connection, _ = listener.accept()
            with connection:
                if os.fork() == 0:
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    with connection.makefile("rwb") as stream:
                        serve(stream)
                    os._exit(0)


main(sys.argv[1])

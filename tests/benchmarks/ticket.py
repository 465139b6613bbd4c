"""Logins in Django, each on a thread of its own, for the plot of connections against requests.

Arguments: the port of PostgreSQL; "stay" or "end", what a thread does when its request is answered; the password; the
iterations of PBKDF2. Prints Django's version, then for each line with a number of requests how many of them failed.
"""

import os
import sys
import threading

import django
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

PORT, THREADS, PASSWORD, ITERATIONS = sys.argv[1:]


class Hasher(PBKDF2PasswordHasher):
    iterations = int(ITERATIONS)


settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "postgres",
            "USER": "postgres",
            "HOST": "localhost",
            "PORT": PORT,
            "CONN_MAX_AGE": None,
        }
    },
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
    PASSWORD_HASHERS=["__main__.Hasher"],
    USE_TZ=True,
)
django.setup()

from django.contrib.auth import authenticate  # noqa: E402
from django.core.signals import request_finished, request_started  # noqa: E402
from django.db import DatabaseError  # noqa: E402

over = threading.Event()


def answer(begin, answered, failures):
    begin.wait()
    request_started.send(sender=None)
    try:
        if authenticate(None, username="user-0", password=PASSWORD) is None:
            failures.append("wrong password")
    except DatabaseError as error:
        failures.append(str(error))
    finally:
        request_finished.send(sender=None)
        answered.release()
    if THREADS == "stay":
        over.wait()


def wave(count):
    begin, answered, failures = threading.Event(), threading.Semaphore(0), []
    for _ in range(count):
        threading.Thread(target=answer, args=(begin, answered, failures), daemon=True).start()
    begin.set()
    for _ in range(count):
        answered.acquire()
    return len(failures)


print(django.get_version(), flush=True)
for line in sys.stdin:
    print(wave(int(line)), flush=True)
sys.stdout.flush()
os._exit(0)

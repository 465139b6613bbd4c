#!/usr/bin/env python3
"""Verifications a second that CPython's libraries do on one core, with the parameters of Django 5.2.

Beside HashBenchmark. argon2 and bcrypt are measured where argon2-cffi and bcrypt are installed
(python3-argon2 and python3-bcrypt on Debian). Prints the processor time of this process, so that other work on
the machine counts less; argon2's lanes are threads, and all of their time counts.
"""

import base64
import hashlib
import platform
import ssl
import sys
import time

PASSWORD = b"correct horse"
SALT = b"seasaltseasaltseasalt."
SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0


def argon2():
    from argon2 import PasswordHasher

    hasher = PasswordHasher(time_cost=2, memory_cost=102400, parallelism=8, hash_len=32, salt_len=16)
    encoded = hasher.hash(PASSWORD)
    return lambda: hasher.verify(encoded, PASSWORD)


def bcrypt_sha256():
    import bcrypt

    digest = hashlib.sha256(PASSWORD).hexdigest().encode()
    encoded = bcrypt.hashpw(digest, bcrypt.gensalt(12))
    return lambda: bcrypt.checkpw(digest, encoded)


def pbkdf2(digest):
    return lambda: lambda: base64.b64encode(hashlib.pbkdf2_hmac(digest, PASSWORD, SALT, 1_000_000))


def scrypt():
    return lambda: hashlib.scrypt(PASSWORD, salt=SALT, n=2**14, r=8, p=5, maxmem=0x7FFFFFFF, dklen=64)


def rate(verify):
    verify()
    count = 0
    start = time.process_time()
    while time.process_time() - start < SECONDS:
        verify()
        count += 1
    return count / (time.process_time() - start)


print(f"CPython {platform.python_version()}, {ssl.OPENSSL_VERSION}")
for name, make in (
    ("pbkdf2_sha256", pbkdf2("sha256")),
    ("pbkdf2_sha1", pbkdf2("sha1")),
    ("argon2", argon2),
    ("bcrypt_sha256", bcrypt_sha256),
    ("scrypt", scrypt),
):
    try:
        verify = make()
    except ImportError as missing:
        print(f"{name:14} not measured: {missing}")
    else:
        print(f"{name:14} {rate(verify):8.3f} a second and core", flush=True)

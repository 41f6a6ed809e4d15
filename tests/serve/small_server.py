"""The real server with the small program behind it: ``python -m tests.serve.small_server JSON``."""

import json
import sys

from tshoot.serve.address import public_origin
from tshoot.serve.run import serve
from tshoot.serve.settings import Settings

given = json.loads(sys.argv[1])
words = given.pop("words", [])
if "public" in given:
    given["public"] = public_origin(given["public"])
command = [sys.executable, "-m", "tests.serve.small_app", *words]
serve(Settings(**given), lambda settings: print(settings.port, flush=True), lambda settings, agent: command)

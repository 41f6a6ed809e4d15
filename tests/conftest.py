"""What holds for every test."""

import os
import signal

# No test leaves sessions in the user's own record, or is offered any from there.
os.environ["TSHOOT_STORE_RECORD"] = "false"

# A test run in the background inherits an ignored SIGINT, and so would every program it starts: Ctrl-C
# could then not be tested. A handler, unlike an ignored signal, is not inherited.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The settings of whoever runs the tests are no part of them.
os.environ["TSHOOT_CONFIG"] = os.devnull

# Nor is the size of the terminal they are run in.
for name in ("COLUMNS", "LINES"):
    os.environ.pop(name, None)

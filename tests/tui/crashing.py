"""A program that goes wrong while it holds private data: run by test_crash.py in a process of its own."""

import sys

from textual import work

from tshoot.tui.program import Program

SECRET = "imsi-310260123456789"


class Crashing(Program):
    """Goes wrong as it is told: in a ``handler``, a ``worker``, or with an error that ``draws`` itself."""

    def __init__(self, how):
        super().__init__()
        self._how = how

    def on_ready(self):
        evidence = {"mail": SECRET}
        if self._how == "worker":
            self.fail_later(evidence)
        else:
            raise (Drawn if self._how == "draws" else KeyError)(evidence["mail"])

    @work
    async def fail_later(self, evidence):
        raise ValueError(evidence["mail"])


class Drawn(ValueError):
    """Some errors of the libraries bring a picture of their own."""

    def __rich__(self):
        return str(self)


if __name__ == "__main__":
    app = Crashing(sys.argv[1])
    app.run()
    raise SystemExit(app.return_code)

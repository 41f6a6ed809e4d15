"""How the browser pages are served: where, to whom, how many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tshoot.serve.address import Authority, Origin, is_loopback
from tshoot.serve.problems import ServeError

Served = Literal["wizard", "desk"]


@dataclass(frozen=True)
class Settings:
    """``host`` is an IP address. ``public`` is what people type where a reverse proxy stands before it.

    ``most`` sessions run at once; one ends after ``idle`` seconds without a key. Its program waits
    ``kept_closed`` seconds for a tab that was closed, as it may just be loaded anew, and ``kept_lost``
    where the connection broke: a gateway takes about that long to start. Raises :class:`ServeError` where
    others could come in without a token.
    """

    host: str = "127.0.0.1"
    port: int = 8780
    public: Origin | None = None
    token: str | None = None
    most: int = 20
    idle: float = 1800.0
    served: Served = "wizard"
    kept_closed: float = 10.0
    kept_lost: float = 180.0

    def __post_init__(self) -> None:
        if self.token is None and not self.here:
            raise ServeError(
                "Others can reach this address, so it needs a token: --token-file FILE or "
                "TSHOOT_SERVE_TOKEN. Make one with: tshoot serve --new-token"
            )

    @property
    def here(self) -> bool:
        """True where the browser runs on this computer: what is measured here is true for the person."""
        return self.public is None and is_loopback(self.host)

    @property
    def private(self) -> bool:
        """True where strangers come one after the other: nothing one has entered may be shown to the next."""
        return self.served == "wizard" and not self.here

    @property
    def listens_at(self) -> Origin:
        """Where it listens, as an address."""
        return Origin("http", Authority(self.host, self.port))

    @property
    def encrypted(self) -> bool:
        """True where people come by https."""
        return self.public is not None and self.public.scheme == "https"

"""The embedded PostgreSQL and Valkey of `make run` and `make test`."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Home:
    """A folder with the data of one PostgreSQL and one Valkey."""

    path: Path

    @property
    def sockets(self) -> Path:
        """A short folder for the sockets: a socket's path may have 107 bytes at most."""
        digest = hashlib.sha256(str(self.path.resolve()).encode()).hexdigest()[:10]
        return Path(tempfile.gettempdir()) / f"neutrality-{os.getuid()}-{digest}"

    @property
    def database_url(self) -> str:
        """The address of the database."""
        return f"postgres://neutrality@{quote(str(self.sockets), safe='')}/neutrality"

    @property
    def redis_url(self) -> str:
        """The address of Valkey as redis-py spells it."""
        return f"unix://{self.sockets / 'redis.sock'}?db=0"

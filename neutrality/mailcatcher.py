"""The SMTP server of the demo: keeps every mail as a file and sends none."""

import asyncio
import signal
import tempfile
from pathlib import Path

import django
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

LARGEST_MAIL = 25 * 1024 * 1024


class Keeper:
    """Writes each mail it is handed into a folder."""

    def __init__(self, folder: Path) -> None:
        """Keep mails in the folder, which is made when it is missing."""
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep one mail; a mail appears under its final name only when it is complete."""
        content = envelope.original_content or b""
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".part", delete=False) as file:
            file.write(content)
        number = _next_number(self.folder)
        Path(file.name).rename(self.folder / f"{number:06d}.eml")
        return "250 Kept"


def _next_number(folder: Path) -> int:
    return max((int(mail.stem) for mail in folder.glob("*.eml")), default=0) + 1


async def catch(*, folder: Path, port: int) -> None:
    """Listen on the loopback interface until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    keeper = Keeper(folder)
    server = await loop.create_server(
        lambda: SMTP(keeper, data_size_limit=LARGEST_MAIL, hostname="localhost", loop=loop),
        host="127.0.0.1",
        port=port,
    )
    async with server:
        await stop.wait()


def main() -> None:
    """Catch mails as the settings of the demo say."""
    django.setup()
    folder = Path(settings.CAUGHT_MAIL_DIR or "var/mail")
    asyncio.run(catch(folder=folder, port=settings.EMAIL_PORT))


if __name__ == "__main__":
    main()

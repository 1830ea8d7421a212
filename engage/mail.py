"""Sending a plain e-mail through the organisation's own server."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from engage.settings import Settings

_SECONDS = 30
_PORTS = {"smtp": 587, "smtps": 465}
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class MailNotSent(Exception):
    """The server did not take the message; the reason names no address and no password."""


def send_mail(settings: Settings, *, to: str, subject: str, text: str) -> None:
    """Send ``text`` to one address. MailNotSent where no server is set or it does not take the message.

    With smtp:// the connection is encrypted where the server offers it; a password goes only over an encrypted one, or
    to this machine itself.
    """
    if not settings.mail_url:
        raise MailNotSent("no mail server is set")
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.mail_from, to, subject
    message.set_content(text)
    parts = urlsplit(settings.mail_url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    try:
        with _connected(parts.scheme, host, port) as server:
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        # What a server answers may repeat the address, so only the kind of its refusal is passed on.
        raise MailNotSent(type(error).__name__) from None


def _connected(scheme: str, host: str, port: int) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=trusted)
    server = smtplib.SMTP(host, port, timeout=_SECONDS)
    try:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=trusted)
            server.ehlo()
        elif host not in _THIS_MACHINE:
            raise smtplib.SMTPNotSupportedError("the connection would not be encrypted")
    except BaseException:
        server.close()
        raise
    return server

"""Where an endpoint's key comes from: the environment, a file, or the system's keyring; never a message or a log."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import NamedTuple

from ..errors import SetupError
from ..providers import Provider
from ..settings import Settings

SERVICE = "brief"
"""The name under which keys lie in the system's keyring: `keyring set brief PROVIDER`."""


class Key(NamedTuple):
    """A key, and where it was found, in words that may be shown."""

    value: str
    origin: str

    def __repr__(self) -> str:
        """Return what may be shown."""
        return f"Key(from {self.origin})"


def find_key(settings: Settings, provider: Provider) -> Key | None:
    """Return the key for a provider; None if there is none.

    The settings' own (`BRIEF_API_KEY`, the configuration file) wins, then `key_file`, then the provider's variable,
    then the keyring, which is asked only for providers that need a key.

    Raises:
        SetupError: If the key's file cannot be read, the keyring fails, or the key cannot be one.
    """
    if settings.api_key:
        return _checked(settings.api_key.get_secret_value(), "BRIEF_API_KEY or the configuration file")
    if settings.key_file:
        try:
            text = settings.key_file.expanduser().read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not text"
            raise SetupError(f"The key's file {settings.key_file} cannot be read ({reason}).") from None
        return _checked(text, f"the file {settings.key_file}")
    for name in provider.key_env:
        if os.environ.get(name):
            return _checked(os.environ[name], name)
    return _from_keyring(provider) if provider.key_env else None


def _from_keyring(provider: Provider) -> Key | None:
    if find_spec("keyring") is None:
        return None
    import keyring
    import keyring.errors

    try:
        value = keyring.get_password(SERVICE, provider.name)
    except keyring.errors.NoKeyringError:
        return None
    except keyring.errors.KeyringError as error:
        raise SetupError(
            f"The system's keyring does not give the key for {provider.title} ({type(error).__name__}): "
            f"unlock it, or set {provider.key_env[0]}."
        ) from None
    return _checked(value, "the system's keyring") if value else None


def _checked(value: str, origin: str) -> Key:
    """Return a key that can stand in a header: the HTTP client would name another one in its error, in full."""
    value = value.strip()
    if not value or not value.isascii() or not value.isprintable() or " " in value:
        raise SetupError(
            f"What stands in {origin} is no key: it is empty, has several words, or signs that no key has."
        )
    return Key(value, origin)

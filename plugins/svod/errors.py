"""Named exceptions. Each says when it is raised; anything else that escapes is a defect."""


class SvodError(Exception):
    """Base of all errors that a user or an operator can act on; its text is shown without a traceback."""


class Told(SvodError):
    """Something failed for a reason that has rows of its own, from which people are told of it."""


class ConfigError(SvodError):
    """A setting, environment variable or command-line value cannot be used."""


class SourceError(SvodError):
    """A source's YAML is unreadable, has an unknown key or a value out of range. Text: file, key, reason."""


class FetchError(SvodError):
    """A request ended without a usable body. `outcome` is the code of the fetch event it becomes."""

    def __init__(self, outcome: str, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason
        self.status = status


class UnreadableReport(SvodError):
    """A fetched body holds no text that can be read; the item goes to quarantine with this reason code."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class ArchiveError(SvodError):
    """The archive cannot be read, or holds something else than it should."""


class BodyLost(ArchiveError):
    """An archived body is missing, damaged or does not hash to its own name; others may well be there."""


class BackupError(SvodError):
    """A backup cannot be written, is damaged, or may not be put where it was to go."""


class WarehouseError(SvodError):
    """The warehouse cannot be reached, is not migrated, or refuses what was asked."""


class GateFailed(Told):
    """A critical expectation failed: the candidate is not published. Text names expectation and keys."""


class PublishRefused(SvodError):
    """The candidate's shape breaks what readers rely on (a dropped or retyped column, a missing table)."""


class RuntimeStartError(SvodError):
    """A process of the embedded stack did not start or did not become healthy in time."""

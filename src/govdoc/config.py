"""A user's configuration (``--config FILE``): TOML, strict."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import msgspec

from govdoc.errors import UsageError


class ChromePattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``[[clean.chrome]]``: a regular expression for whole lines that a site puts around its documents."""

    pattern: str
    site: str | None = None  # for people only


class CleanConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``[clean]``: codes or slugs of rules to switch off, and a site's own chrome."""

    disable: tuple[str, ...] = ()
    chrome: tuple[ChromePattern, ...] = ()

    @property
    def patterns(self) -> tuple[str, ...]:
        """The regular expressions of ``chrome``."""
        return tuple(each.pattern for each in self.chrome)


class CheckConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``[check]``: codes or slugs of checks to switch off; `govdoc check` says which of them there are none."""

    disable: tuple[str, ...] = ()


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole configuration."""

    clean: CleanConfig = CleanConfig()
    check: CheckConfig = CheckConfig()
    style: str | None = None
    encoding: str | None = None
    profile: str | None = None  # a unit's profile and people's corrections: files, from the configuration's folder
    overrides: str | None = None


def load_config(path: str | Path | None) -> Config:
    """The configuration at ``path``, or the default. ``UsageError`` names what does not fit."""
    if path is None:
        return Config()
    try:
        config = msgspec.toml.decode(Path(path).read_bytes(), type=Config)
    except OSError as error:
        raise UsageError(f"cannot be read ({error.strerror})", place=str(path)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"is no configuration: {error}", place=str(path)) from error
    _check_rules(config.clean.disable, str(path))
    _check_patterns(config.clean.patterns, str(path))
    beside = {
        name: str(Path(path).parent / each) for name in ("profile", "overrides") if (each := getattr(config, name))
    }
    return msgspec.structs.replace(config, **beside)


def _check_rules(names: tuple[str, ...], place: str) -> None:
    from govdoc.rules.registry import all_rules

    known = [name for rule in all_rules() for name in (rule.code, rule.slug)]
    for name in names:
        if name not in known:
            nearest = difflib.get_close_matches(name, known, 1)
            raise UsageError(
                f"no rule {name!r} to switch off",
                place=place,
                remedy=f"did you mean {nearest[0]!r}" if nearest else "see `govdoc rules`",
            )


def _check_patterns(patterns: tuple[str, ...], place: str) -> None:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise UsageError(f"pattern {pattern!r} is no regular expression: {error}", place=place) from None

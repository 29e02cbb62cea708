"""The people's part: what a person gives, corrects and is asked for, on top of what the parser read."""

from __future__ import annotations

from govdoc.supplying.given import Given, read_given
from govdoc.supplying.overrides import Overrides, load_overrides
from govdoc.supplying.profile import Profile, load_profile
from govdoc.supplying.wanted import Missing, missing

__all__ = ["Given", "Missing", "Overrides", "Profile", "load_overrides", "load_profile", "missing", "read_given"]

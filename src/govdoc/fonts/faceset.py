"""The faces a document is set in on this machine, and what stands in where one is missing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from govdoc.fonts.discovery import VARIABLE, Candidate, cache_folder, discover, font_folders
from govdoc.fonts.face import Face, manifest, shipped_face, user_face
from govdoc.fonts.fontfile import UnreadableFontError
from govdoc.fonts.instance import weight_of
from govdoc.fonts.roles import SLOTS, USUAL, Slot
from govdoc.span import Notice

NOT_FOUND, REFUSED, OTHER_FACE, NO_FACE = "F101", "F102", "F103", "F104"


class FaceRow(msgspec.Struct, frozen=True):
    """One line of what ``govdoc fonts`` shows: the face used for a role, and why."""

    role: Slot
    label: str
    standard: str
    family: str
    why: str
    shipped: bool
    path: str
    index: int
    characters: int
    licence: str | None


class Drawn(NamedTuple):
    """How a character is drawn: by which face (None: by none), how far it moves the pen in em, as a word's or not.

    Neighbours drawn alike are set alike. Every character of a Latin word moves the pen by its own measure: its
    ``advance`` is None, and ``word`` says which characters go together (blanks, ASCII signs, letters beyond ASCII).
    """

    face: Face | None
    advance: float | None
    word: Literal["", "blank", "ascii", "latin"]


class _DrawnBy(dict[str, Drawn]):
    """How each character met so far is drawn, of two chains to look in: most characters', and Latin ones'."""

    def __init__(self, chain: tuple[Face, ...], latin_chain: tuple[Face, ...]) -> None:
        super().__init__()
        self._chain = chain
        self._latin_chain = latin_chain
        self._alike: dict[Drawn, Drawn] = {}  # one object for all that are equal: neighbours are told apart faster

    def __missing__(self, char: str) -> Drawn:
        chain = self._latin_chain if is_latin(char) else self._chain
        face = next((face for face in chain if face.has(char)), None)
        word = _word_of(char)
        drawn = Drawn(face, None if word or face is None else face.advance(char), word)
        self[char] = drawn = self._alike.setdefault(drawn, drawn)
        return drawn


def _word_of(char: str) -> Literal["", "blank", "ascii", "latin"]:
    """Which characters ``char`` makes words with; none where it stands on the grid by itself."""
    if char <= "~":
        return "blank" if char == " " else "ascii" if char > " " else ""
    return "latin" if "\u00c0" <= char < "\u0250" else ""


@dataclass(frozen=True)
class FaceSet:
    """A face for every role and for Latin, and the shipped ones behind them.

    ``substitutions`` says which standard face was not found and what is used in its place (F101), and which
    face of the user's cannot be embedded (F102); both are warnings.
    """

    used: Mapping[Slot, Face]
    behind: Mapping[Slot, Face]
    substitutions: tuple[Notice, ...] = ()
    _drawn_by: dict[tuple[Slot, bool], _DrawnBy] = field(default_factory=dict, compare=False, repr=False)

    def face(self, role: Slot) -> Face:
        """The face of a role."""
        return self.used[role]

    @property
    def latin(self) -> Face:
        """The face of Latin letters and digits."""
        return self.used["latin"]

    def drawn(self, role: Slot, *, latin: bool = False) -> Mapping[str, Drawn]:
        """How each character of text of ``role`` is drawn; ask for any character by its index."""
        key = (role, latin)
        if key not in self._drawn_by:
            chain = self._chain(role)
            self._drawn_by[key] = _DrawnBy(chain, self._chain("latin") if latin else chain)
        return self._drawn_by[key]

    def _chain(self, slot: Slot) -> tuple[Face, ...]:
        """The faces a character is looked for in: the role's own, 宋体 whole, and Latin last."""
        slots: tuple[Slot, ...] = (slot, "songti", "latin")
        return tuple(dict.fromkeys(face for each in slots for face in (self.used[each], self.behind[each])))

    def drawn_by(self, char: str, role: Slot, *, latin: bool = False) -> Face | None:
        """The face that draws ``char`` in text of ``role``; None where no face has it."""
        return self.drawn(role, latin=latin)[char].face

    def split(self, text: str, role: Slot, *, latin: bool = False) -> list[tuple[Face | None, str]]:
        """``text`` as maximal runs of one face each; the runs joined are the text.

        A character that the role's face lacks is drawn by the shipped face of the role, else by 宋体; None where no
        face has it (such a run must never be drawn blank: see ``missing``). With ``latin``, letters, digits and
        ASCII signs come from the Latin face; “”‘’—…· and all else from the Chinese one. Control characters
        (TAB, LF) are for the caller: no face has them.
        """
        drawn = self.drawn(role, latin=latin)
        return [(face, "".join(chars)) for face, chars in groupby(text, key=lambda char: drawn[char].face)]

    def missing(self, text: str, role: Slot, *, latin: bool = False) -> list[Notice]:
        """What must be said of ``text``: characters drawn by another face (F103, info), or by none (F104, error)."""
        notices = []
        for face, chars in self._strangers(text, role, latin=latin).items():
            if face is None:
                notices += [Notice(NO_FACE, "error", f"no face has {_named(char)}") for char in chars]
            else:
                named = " ".join(map(_named, chars))
                own = self.face(role)
                notices.append(Notice(OTHER_FACE, "info", f"{own.family} lacks {named}: drawn from {face.family}"))
        return notices

    def _strangers(self, text: str, role: Slot, *, latin: bool) -> dict[Face | None, list[str]]:
        drawn, own, other = self.drawn(role, latin=latin), self.used[role], self.used["latin"]
        strange = {char for char in set(text) if drawn[char].face is not (other if latin and is_latin(char) else own)}
        strangers: dict[Face | None, list[str]] = {}
        for char in sorted(strange, key=text.index):
            strangers.setdefault(drawn[char].face, []).append(char)
        return strangers

    def describe(self) -> list[FaceRow]:
        """A row for every role: what is used, why, from where."""
        return [self._row(slot) for slot in SLOTS]

    def _row(self, slot: Slot) -> FaceRow:
        face, usual = self.used[slot], USUAL[slot]
        licence = next(font.licence for font in manifest().faces if font.slot == slot) if face.shipped else None
        why = f"{usual.standard} not found: shipped" if face.shipped else "found on this machine"
        if face.file.path != face.path:
            why += f": variable, its instance of weight {weight_of(slot)}"
        elif face.file.outlines == "cff":
            why += ": CFF outlines"
        return FaceRow(
            role=slot, label=usual.label, standard=usual.standard, family=face.family, why=why, shipped=face.shipped,
            path=str(face.path), index=face.index, characters=len(face.file.cmap), licence=licence,
        )  # fmt: skip


def is_latin(char: str) -> bool:
    """Whether custom sets ``char`` in the Latin face: ASCII signs and digits, and letters of the Latin script.

    “”‘’—…· and ×÷°§ are punctuation and signs of GB 2312 and full-width: they belong to the Chinese face.
    """
    return " " <= char <= "~" or ("\N{LATIN CAPITAL LETTER A WITH GRAVE}" <= char < "\u0250" and char.isalpha())


def _named(char: str) -> str:
    return f"{char} (U+{ord(char):04X})" if char.isprintable() else f"U+{ord(char):04X}"


def load_faces(*, user: bool = True) -> FaceSet:
    """The faces of this machine, found once in a process; with ``user=False`` only those that ship.

    Raises StyleError where a shipped file is missing.
    """
    return _load(user, os.environ.get(VARIABLE, "")) if user else _load(user, "")


@cache
def _load(user: bool, _named_folders: str) -> FaceSet:
    behind = {slot: shipped_face(slot) for slot in SLOTS}
    if not user:
        return FaceSet(behind, behind, tuple(_not_found(slot, behind[slot]) for slot in SLOTS))
    candidates = discover(font_folders())
    used: dict[Slot, Face] = {}
    notices: list[Notice] = _absent_folders()
    for slot in SLOTS:
        face, refused = _choose(slot, candidates)
        used[slot] = face or behind[slot]
        notices += [_refused(candidate, used[slot]) for candidate in refused]
        if face is None and not refused:
            notices.append(_not_found(slot, used[slot]))
    return FaceSet(used, behind, tuple(notices))


def _choose(slot: Slot, candidates: tuple[Candidate, ...]) -> tuple[Face | None, list[Candidate]]:
    """The best face of the user's for ``slot``, and the better ones that cannot be embedded."""
    refused: list[Candidate] = []
    for candidate in candidates:
        if candidate.slot == slot:
            if candidate.refusal is None:
                try:
                    instances = cache_folder() / "instances" if candidate.variable else None
                    path = Path(candidate.path)
                    return user_face(slot, candidate.family, path, candidate.index, instances), refused
                except UnreadableFontError as error:
                    candidate = msgspec.structs.replace(candidate, refusal=error.message)
                except OSError as error:
                    candidate = msgspec.structs.replace(candidate, refusal=f"it cannot be read ({error})")
            refused.append(candidate)
    return None, refused


def _not_found(slot: Slot, face: Face) -> Notice:
    return Notice(NOT_FOUND, "warning", f"{USUAL[slot].standard} not found: {face.family} used")


def _refused(candidate: Candidate, instead: Face) -> Notice:
    message = f"{candidate.family} ({candidate.path}) cannot be embedded, {candidate.refusal}; {instead.family} used"
    return Notice(REFUSED, "warning", message)


def _absent_folders() -> list[Notice]:
    named = [part for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]
    absent = [part for part in named if not Path(part).expanduser().is_dir()]
    return [Notice(REFUSED, "warning", f"{VARIABLE} names {part}, which is no folder") for part in absent]


def describe(*, user: bool = True) -> list[FaceRow]:
    """What ``govdoc fonts`` shows: for every role the face used, and why."""
    return load_faces(user=user).describe()

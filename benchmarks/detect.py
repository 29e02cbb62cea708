"""How many of about 2,900 byte strings are read right, by govdoc and by others in the same run, and how fast.

Windows of the seeds (20 bytes, 100 bytes, 2 kB, whole) in every encoding Chinese text comes in, some damaged. Right
means that the bytes decode to the same text as under the true encoding, whatever name the answer has.

usage: python benchmarks/detect.py [--wrong]
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from govdoc.decode import decode, detect
from govdoc.decode.evidence import normalise_encoding
from govdoc.errors import InputError
from govdoc.rules.glyphs import traditional_forms
from govdoc.source import Source

ROOT = Path(__file__).resolve().parent.parent
Detector = Callable[[bytes], str | None]


class Case(NamedTuple):
    """Bytes, the codec they were made with, and what was done to them."""

    data: bytes
    encoding: str
    variant: str
    size: int


class Variant(NamedTuple):
    """A way to make bytes of a text: a codec, a change of the text before, and damage to the bytes after."""

    encoding: str
    text: Callable[[str], str] = str
    damage: Callable[[bytes, random.Random], bytes] = lambda data, _: data


@cache
def _to_traditional() -> dict[int, str]:
    return {ord(simplified): form for form, simplified in traditional_forms().items()}


def _traditional(text: str) -> str:
    return text.translate(_to_traditional()).encode("big5", "ignore").decode("big5")


def _with_every(characters: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        pieces = [text[i : i + 40] for i in range(0, len(text), 40)]
        return "".join(piece[:3] + characters[i % len(characters)] + piece[3:] for i, piece in enumerate(pieces))

    return change


def _hong_kong(text: str) -> str:
    return _with_every("嘅喺咗啲嚟冇")(_traditional(text))


def _cut(data: bytes, _: random.Random) -> bytes:
    return data[1:-1]


def _bad_bytes(data: bytes, dice: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(1 + len(data) // 1000):
        damaged.insert(dice.randrange(len(damaged)), 0xFF)
    return bytes(damaged)


VARIANTS = {
    "utf-8": Variant("utf-8"),
    "utf-8 with BOM": Variant("utf-8-sig"),
    "utf-8, bad bytes": Variant("utf-8", damage=_bad_bytes),
    "utf-8, cut": Variant("utf-8", damage=_cut),
    "utf-16-le with BOM": Variant("utf-16-le", "\ufeff{}".format),
    "utf-16-be with BOM": Variant("utf-16-be", "\ufeff{}".format),
    "utf-16-le": Variant("utf-16-le"),
    "utf-16-be": Variant("utf-16-be"),
    "gbk": Variant("gbk"),
    "gb18030, four bytes": Variant("gb18030", _with_every("𬀪䶮㛃𠮷㐂𫖯")),
    "gbk, cut": Variant("gbk", damage=_cut),
    "gbk, bad bytes": Variant("gbk", damage=_bad_bytes),
    "hz": Variant("hz"),
    "big5": Variant("big5", _traditional),
    "big5-hkscs": Variant("big5hkscs", _hong_kong),
}  # fmt: skip
WINDOWS = {20: 14, 100: 13, 2000: 11}
"""Windows of so many bytes (as GBK), and how many of each."""


def cases(thin: int = 1) -> Iterator[Case]:
    """Every ``thin``-th case of the matrix; the same ones in every run."""
    number = 0
    for seed in sorted((ROOT / "seeds").glob("*.txt")):
        text = seed.read_text("utf-8")
        dice = random.Random(seed.name)  # noqa: S311
        windows = [(size, dice.randrange(len(text) - size)) for size, count in WINDOWS.items() for _ in range(count)]
        for size, start in [*windows, (0, 0)]:
            for name, variant in VARIANTS.items():
                number += 1
                if number % thin:
                    continue
                window = variant.text(text[start : start + size // 2] if size else text)
                data = variant.damage(window.encode(variant.encoding, "ignore"), dice)
                yield Case(data, variant.encoding, name, size)


def _read_as(data: bytes, encoding: str) -> str:
    return data.decode(encoding, "replace").removeprefix("\ufeff")


def is_right(case: Case, answer: str | None) -> bool:
    """Whether the answer reads the bytes as the true encoding does (cut characters and bad bytes as U+FFFD)."""
    if not answer:
        return False
    truth = normalise_encoding(case.encoding)
    # As it is named (utf-16 minds the BOM), and as govdoc means the name (gb2312 is gb18030).
    return any(_read_as(case.data, name) == _read_as(case.data, truth) for name in _meanings(answer))


def _meanings(answer: str) -> list[str]:
    try:
        return [answer, normalise_encoding(answer)]
    except InputError:
        return []


def _chardet(data: bytes) -> str | None:
    import chardet

    return chardet.detect(data)["encoding"]


def _charset_normalizer(data: bytes) -> str | None:
    import charset_normalizer

    best = charset_normalizer.from_bytes(data).best()
    return best.encoding if best else None


DETECTORS: dict[str, Detector] = {
    "govdoc": lambda data: detect(data).encoding,
    "chardet": _chardet,
    "charset-normalizer": _charset_normalizer,
}


def _speed() -> None:
    text = "".join(path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt")))
    for encoding in ("utf-8", "gb18030", "utf-16-le", "big5hkscs", "hz"):
        shown = _traditional(text) if encoding == "big5hkscs" else text
        data = (shown * 20).encode(encoding, "ignore")[: 2**20]
        took = []
        for _ in range(7):
            start = time.perf_counter()
            decode(Source(data))
            took.append(time.perf_counter() - start)
        print(f"decode, 1 MiB of {encoding:10} {len(data) / min(took) / 1e6:8.1f} MB/s")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="list what govdoc reads wrong")
    options = parser.parse_args()
    matrix = list(cases())
    size = sum(len(case.data) for case in matrix)
    right = {name: Counter[str]() for name in DETECTORS}
    for name, detector in DETECTORS.items():
        start = time.perf_counter()
        answers = [detector(case.data) for case in matrix]
        took = time.perf_counter() - start
        for case, answer in zip(matrix, answers, strict=True):
            right[name][case.variant] += is_right(case, answer)
            if options.wrong and name == "govdoc" and not is_right(case, answer):
                print(f"  {case.variant}, {case.size}: {answer}: {case.data[:40]!r}")
        print(f"{name:20} right {right[name].total()} of {len(matrix)}, {size / took / 1e6:.2f} MB/s")
    totals = Counter(case.variant for case in matrix)
    print(f"\n{'':22}{'cases':>8}" + "".join(f"{name:>20}" for name in DETECTORS))
    for variant, count in totals.items():
        print(f"{variant:22}{count:8}" + "".join(f"{right[name][variant]:20}" for name in DETECTORS))
    print()
    _speed()


if __name__ == "__main__":
    main()

"""Composing the name of a measure from what stands left and right of its number (indicators.md §5, §6a A2, B16)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govdoc.measuring.clauses import depths
from govdoc.measuring.lexicon import (
    ADVERB,
    COMMITMENTS,
    GENERIC,
    HEAD,
    HEAD_VERB,
    LIGHT_VERBS,
    MEASURE_HEAD,
    MID_VERB,
    NAMING_VERBS,
    NOT_HEAD,
    NOUN_AFTER_VERB,
    NOUN_AT_HEAD,
    PREDICATE,
    RATE_HEAD,
    REGION_WORDS,
)

_LONGEST = 80
_FRAME_WORD = re.compile(r"^(?:对|向|与|同|为|给)")
_WORK_TAIL = re.compile(r"(?:的?工作|(?:任务)?分解如下|如下|等|的)$")
_WORK = re.compile(r"^(?P<noun>.+?)的(?P<verb>[一-龥]{2,8}?)(?P<tail>工作|任务)$")
_SOUNDLESS = frozenset(("做好", "办好", "抓好", "协调", "围绕", "聚焦", "依托"))
_AFTER = re.compile(r"^(?:全部|建成|项目)?[一-龥]{2,8}后(?:可|将|预计)(?=[一-龥]{2})")


@dataclass(slots=True)
class Parsed:
    """A left context as subject, governing verb and object; each may be empty."""

    subject: str
    verb: str
    rest: str
    commitment: str | None = None


def strip_head(text: str) -> tuple[str, str | None]:
    """Without opening adverbs, times and regions; with the word of promise found among them."""
    promise: str | None = None
    while True:
        text = _AFTER.sub("", text.lstrip(" 　、"))
        found = HEAD.match(text)
        if not found or not found[0] or NOT_HEAD.match(text) or len(found[0]) == len(text):
            return text, promise
        if found[0] == "累计" and not HEAD_VERB.match(text, found.end()):
            return text, promise
        if found[0] in COMMITMENTS and found[0] not in ("要", "目标"):
            promise = promise or found[0]
        text = text[found.end() :]


def _free_verb(text: str, depth: list[int], start: int = 1) -> re.Match[str] | None:
    """The first verb of MID_VERBS outside quotes that is no half of a noun."""
    at = start
    while (found := MID_VERB.search(text, at)) is not None:
        noun = NOUN_AFTER_VERB.search(text, max(0, found.start() - 1), found.end() + 3)
        half = noun is not None and noun.start() <= found.start() < noun.end()
        if depth[found.start()] == 0 and not half and text[found.start() - 1 : found.start()] not in ("的", "所", "受"):
            return found
        at = found.start() + 1
    return None


def parse_left(text: str) -> Parsed:
    """Subject, governing verb and object of the text before a number."""
    text, promise = strip_head(text)
    found = HEAD_VERB.match(text)
    if found and not NOUN_AT_HEAD.match(text) and not text.startswith(found[0] + "的"):
        verb, rest = found[0], text[found.end() :].removeprefix("好")
        rest, later = strip_head(rest) if rest else (rest, None)
        chained = HEAD_VERB.match(rest)
        if chained and verb in LIGHT_VERBS and not NOUN_AT_HEAD.match(rest):
            verb, rest = chained[0], rest[chained.end() :]
        rest = "" if rest in REGION_WORDS else strip_head(rest)[0]
        return Parsed("", verb, rest.removeprefix("了"), promise or later)
    if _FRAME_WORD.match(text) and (framed := HEAD_VERB.search(text, 3)) and framed.end() < len(text):
        return Parsed(text[: framed.start()], framed[0], text[framed.end() :], promise)
    if HEAD.fullmatch(text) and text not in COMMITMENTS:
        return Parsed("", "", "", promise)
    free = _COUNTED.search(text) or _free_verb(text, depths(text))
    if free:
        subject = re.sub(r"(?:共|已|累计|共计|先后|全年|分别|均|新近|还|也)+$", "", text[: free.start()])
        subject = "" if ADVERB.fullmatch(subject) or subject in _OPENERS else subject
        return Parsed(subject, free[0], text[free.end() :].removeprefix("了"), promise)
    return Parsed("", "", text, promise)


# Soft verbs govern in mid-clause after a word of counting (各级工会共组织…).
_COUNTED = re.compile(
    rf"(?:(?<=[一-龥”）]共)|(?<=[一-龥”）]已)|(?<=累计)|(?<=先后)|(?<=共计)|(?<=全年))(?:{HEAD_VERB.pattern})"
)
_OPENERS = LIGHT_VERBS | {"通过", "鼓励", "带领", "会同", "用于", "高标准", "高水平", "预计", "拟"}


def _predicate_verb(text: str, depth: list[int]) -> re.Match[str] | None:
    """The first verb that can be the predicate of the noun phrase before it."""
    at = 0
    while (found := PREDICATE.search(text, at)) is not None:
        start, end = found.span()
        at = start + 1
        if depth[start] or start == 1 or NOUN_AFTER_VERB.match(text, start):
            continue
        if text[start - 1 : start] in ("的", "待", "未", "和", "、") or (end - start == 1 and end == len(text)):
            continue
        if found[0] == "在" and re.match(r"在(?:校|职|籍|岗|册|建|研|园)", text[start:]):
            continue
        return found
    return None


def split_predicate(text: str) -> tuple[str, str]:
    """``学校项目全部竣工投用`` → ``(学校项目, 竣工投用)``; the predicate is empty where the text is a noun phrase."""
    depth = depths(text)
    verb = _predicate_verb(text, depth)
    for adverb in ADVERB.finditer(text, 1):
        if verb is not None and adverb.start() > verb.start():
            break
        follows = PREDICATE.match(text, adverb.end()) or HEAD_VERB.match(text, adverb.end())
        if depth[adverb.start()] == 0 and adverb.start() >= 2 and (follows or ADVERB.match(text, adverb.end())):
            return text[: adverb.start()], ADVERB.sub("", text[adverb.end() :], count=1) if not follows else text[
                adverb.end() :
            ]
    if verb is None:
        return text, ""
    return text[: verb.start()], text[verb.start() :]


_HYPERNYM = re.compile(r"^(?P<items>.*[、和”].*|.{16,})等(?P<noun>[一-龥]{2,10})$")


def drop_examples(text: str) -> tuple[str, str]:
    """``镇洋小学、培远学校等`` before the number: examples are not the name; the verb before them stays (§7.16).

    Gives the text without them, and the examples. Before a hypernym (等活动120场) they go only where they are long.
    """
    found = _HYPERNYM.match(text)
    if not text.endswith("等") and not (found and len(text) > 28):
        return text, ""
    noun = "" if text.endswith("等") or not found else found["noun"]
    parsed = parse_left(text)
    examples = (parsed.rest or text).removesuffix(noun).removesuffix("等")
    if parsed.verb and parsed.rest:
        return parsed.subject + parsed.verb + noun, examples
    preposition = _FRAME_WORD.match(parsed.rest or text)
    return (preposition[0] if preposition else "") + noun, examples


def tidy(name: str) -> str:
    """A name without stray marks at its ends; a blank inside it stays (实验 小学)."""
    name = re.sub(r"\s+", " ", name).strip(" 、，,：:。；;的—-")
    name = (
        re.sub(r"^(?:了|和|及|以及|其中)(?=[一-龥“]{2})", "", name)
        if not name.startswith(("和谐", "和平", "及时", "及格"))
        else name
    )
    while (name and name[0] in "）)”》") or (name and name[-1] in "（(“《"):
        name = name.strip("）)”》") if name[0] in "）)”》" else name.rstrip("（(“《")
    return name


def with_blanks(name: str, text: str) -> str:
    """The name with the blanks it has where it stands in ``text`` as one piece (新建 AI 实验室)."""
    if " " not in text.strip() or len(name) > _LONGEST:
        return name
    found = re.search(" *".join(re.escape(char) for char in name if char != " "), text)
    return found[0] if found else name


def with_predicate(noun: str, predicate: str, verb: str) -> str:
    """The verb after the noun enters the name: ``竣工投用学校项目``, ``装配空调的中小学校`` (B16)."""
    predicate = _WORK_TAIL.sub("", strip_head(predicate)[0]) or predicate
    lead = "" if verb in LIGHT_VERBS else verb
    bare = bool(PREDICATE.fullmatch(predicate))
    if noun.startswith(("与", "同", "为", "对", "向", "给")):
        return lead + noun + predicate
    if not noun:
        return lead + predicate
    return f"{lead}{predicate}{noun}" if bare and not lead else f"{lead}{predicate}的{noun}"


def compose_count(parsed: Parsed, right: str, *, doing: bool = False) -> str:
    """The name of a count: governing verb, modifiers and head noun; empty where the text gives none.

    ``doing``: the unit counts the doing itself, so that a verb at the end is a noun (组织1次教职工政治学习).
    """
    verb, rest = parsed.verb, parsed.rest
    right = right.strip().removeprefix("的")
    work = _WORK.match(right)
    if work and (verb in LIGHT_VERBS or verb == "完成"):
        return work["verb"] + rest + work["noun"]
    if verb in NAMING_VERBS and "为" in right[1:]:
        return verb + right[right.index("为", 1) + 1 :]
    if not right:
        if not rest and verb:
            return parsed.subject + verb
        return rest if (verb in LIGHT_VERBS or verb == "完成") and is_measure(rest) and len(rest) > 2 else verb + rest
    noun, predicate = split_predicate(right)
    if predicate and not (doing and verb and PREDICATE.fullmatch(predicate)):
        predicate = predicate[:24]
        return with_predicate(rest + noun, predicate, verb) if noun else f"{verb}{rest}{predicate}"
    if verb in LIGHT_VERBS or verb == "完成":
        noun = _WORK_TAIL.sub("", noun) or noun
    noun += predicate
    return ("" if verb in _SOUNDLESS else verb) + rest + noun


_SHARED_BY = re.compile(r"的?比例(?P<verb>[一-龥]{2,4})$")  # 按3:7的比例分担
_BEING = re.compile(r"[为是](?P<noun>[一-龥]{2,12})$")  # 三分之二为女教师


def compose_rate(base: str, right: str) -> str:
    """The name of a rate: the noun phrase up to and with the rate word; made where the text has none (§7.19)."""
    base = re.sub(r"(?:实现|达到|做到|完成)$", "", base)
    base = re.sub(r"仍占$", "占", base)
    right = right.strip()
    if shared := _SHARED_BY.match(right):
        return f"{base.removesuffix('按')}{shared['verb']}比例"
    if whose := _BEING.match(right):
        return f"{base}{whose['noun']}占比"
    if right.startswith("的"):
        noun, predicate = split_predicate(right[1:])
        return f"{base}{noun}{strip_head(predicate)[0]}比例"
    if right:
        covered = re.match(
            r"(?:的)?(?:全)?(覆盖|达标|完成|合格|整改|办结|落实|建成|配备|通过|就业|开设|普及|投用)$", right
        )
        if covered:
            return f"{base}{covered[1]}率"
        found = HEAD_VERB.match(right) or PREDICATE.match(right)
        if found:
            return f"{base}{right[found.end() :]}{found[0]}率"
        return base if RATE_HEAD.search(base) else base + right + ("" if RATE_HEAD.search(right) else "比例")
    if "占" in base and not RATE_HEAD.search(base):
        return base + "比" if base.endswith("占") else re.sub(r"的$", "", base) + "比重"
    return base


_PRIZE = re.compile(r"(?:全?[国省市区县]级?|国家级?)?[特一二三]等奖")


def is_generic(name: str, verb: str) -> bool:
    """Whether a name says too little by itself (项目, 满意度, 发现问题)."""
    noun = name.removeprefix(verb) if verb else name
    short = len(noun) <= 1 or (not verb and len(noun) <= 2 and not is_measure(noun))
    return noun in GENERIC or bool(_PRIZE.fullmatch(noun)) or short or bool(RATE_HEAD.search(name) and len(name) <= 4)


def is_measure(noun: str) -> bool:
    """Whether a noun phrase names a quantity by itself (总资源数, 地区生产总值), so that no verb is carried to it."""
    return bool(MEASURE_HEAD.search(noun) or RATE_HEAD.search(noun))


_MOST = re.compile(r"^.{0,12}最[一-龥]的(?:是|为)(?P<which>.+)$")  # 增长最快的是中等职业学校


def topic(text: str) -> str:
    """What a clause is about, to complete a later name: its object, or its subject where a predicate follows."""
    if most := _MOST.match(text):
        return tidy(most["which"])
    parsed = parse_left(text)
    noun = parsed.rest if parsed.rest else parsed.subject
    noun = re.sub(
        r"(?:持续|全面|有序|扎实|稳步|不断|深入|高效|顺利|进一步|有效|持续)?(?:工作|评选|运营|提升|推进|开展|实施|提高|加强|增强|完善|有序|加快|深化|落实|揭牌|建设)$",
        "",
        noun,
    )
    noun = re.sub(r"(?:成绩|水平)$", "", noun)
    return tidy(noun)

"""Questions and answers in prose: "De leden van de VVD-fractie vragen …", and then a paragraph that replies."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from index.parse.asking import (
    ASKING,
    CARRIED,
    NUMBERED_REPLIES,
    VERB,
    announces_questions,
    answered_at_the_head,
    askers_of,
    asks_for_a_fractie,
    asks_nothing,
    begins_asking,
    heads_replies,
    joins,
    lone_member,
    names_a_fractie,
    straightened,
)
from index.parse.headings import Heading, Sort, answers_several
from index.parse.letter import Draft, Letter, Reading, Stretch, ends_sentence, whole
from index.parties import mentions
from index.records import Asker

# What only the one who replies says of those who asked, right behind naming them.
_REPLYING = re.compile(
    r"\b(?:(?:wijzen|wijst|vragen|vraagt|merken|merkt|constateren|constateert|stellen|stelt|signaleren|signaleert"
    r"|benadrukken|benadrukt|onderstrepen|onderstreept)\s+(?:(?:er|hier|hierbij|daar|ook|zeer|heel|volkomen)\s+){0,2}terecht\b"
    r"|(?:kan|wil)\s+(?:ik|het\s+kabinet|de\s+regering|de\s+minister|de\s+staatssecretaris)\s+(?:\w+\s+){0,4}?"
    r"(?:melden|meedelen|mededelen|verzekeren|toezeggen|bevestigen|antwoorden|geruststellen)\b"
    r"|(?:mogen|mag|kunnen|kan)\s+(?:erop|ervan|er)\s+(?:\w+\s+){0,2}?(?:rekenen|vertrouwen|uitgaan|op\s+aan)\b"
    r"|(?:mogen|mag|kunnen|kan)\s(?:(?!\b(?:dat|zich)\b)[^.,?!:;]){0,90}\b(?:verwachten|tegemoet\s+zien)\b)"
)
_ITEM = re.compile(r"(?:[–—•·▪*-]|\d{1,2}[.)]|[a-z][.)])\s+\S")
_NOTHING = re.compile(r"\bgeen (?:nadere |verdere |aanvullende )?(?:vragen|behoefte|opmerkingen|inbreng)\b")
_MORE_REPLIES = re.compile(r"(?:III|IV|C|D)\s?[.:)]?\s+(?:Antwoord|Reactie|Beantwoording)[^.?!]{0,200}", re.DOTALL)
# What nobody asks who replies himself, though he may head a part of it "Wat doet het kabinet?".
_TO_WHO_REPLIES = re.compile(
    r"(?:[^.?!:«“‘\"]*\b(?:u|de\s+(?:minister|staatssecretaris|bewindspers\w+))"
    r"|(?:kan|is|wil|zou|heeft|deelt|erkent|herkent|onderschrijft|vindt|ziet)\s+(?:de\s+regering|het\s+kabinet))\b[^.?!:]*\?",
    re.IGNORECASE,
)
_SHORT_REPLY = re.compile(r"Zie\b.*|Ja|Nee|Neen|Nog niet|Onbekend|Niet bekend|N\.?v\.?t\.?", re.IGNORECASE)
_SENDS = re.compile(
    r"(?:Hierbij|Hiermee|Bijgaand|(?:Met|In|Door\s+middel\s+van)\s+deze\s+brief)\b[^.?!]{0,250}?\b(?:beantwoord|antwoord|reactie|reageer)",
)
_PART = re.compile(r"(?:I{1,3}|IV|[A-D])\s?[.:)]?\s+[A-Z].{3,150}", re.DOTALL)

_Questions: TypeAlias = tuple[tuple[int | None, Stretch], ...]


@dataclass(slots=True)
class _Section:
    """What stands under one party's heading."""

    askers: tuple[Asker, ...]
    first: int
    beyond: int

    @property
    def parties(self) -> set[str]:
        """Whose section it is."""
        return {asker.party for asker in self.askers}


def asks_in_prose(letter: Letter, first: int, beyond: int) -> bool:
    """Whether a paragraph among those lines asks for a fractie, and does not say that there is nothing to ask."""
    return any(
        asks_for_a_fractie(text) and not _NOTHING.search(text)
        for text in (letter.words(*paragraph) for paragraph in letter.paragraphs(first, beyond))
    )


def reply_part(letter: Letter) -> int | None:
    """The line of the heading under which all replies stand; None where questions and answers alternate.

    A table of contents has the same line before anything is asked. Where one has a number, a later one without
    ("Reactie van de Staatssecretaris" under a party) stands within the replies; where none has, all but the first do.
    """
    found = _reply_headings(letter)
    if not found or reply_markers(letter):
        return None
    asking = asking_lines(letter)
    if numbered := _numbered_parts(letter, found, asking):
        return numbered[-1]
    party = next((heading.at for heading in letter.headings if heading.sort is Sort.PARTY), 0)
    asked = next((at for at in asking if at > party), len(letter.lines))
    return next((at for at in found if at > asked), found[-1])


def reply_markers(letter: Letter) -> list[int]:
    """Such lines where each of several follows on questions of its own: there it opens the reply to those."""
    headings = _reply_headings(letter)
    if len(headings) < 2:
        return []
    asking = asking_lines(letter)
    if len(_numbered_parts(letter, headings, asking)) == 1:
        return []
    parts = list(zip([-1, *headings], headings, strict=False))
    asked = [any(before < at < heading for at in asking) for before, heading in parts]
    # A few may ask in words of their own.
    each = sum(asked) * 4 >= len(asked) * 3 and all(
        asks or any(line.text.endswith("?") for line in letter.lines[before + 1 : heading])
        for asks, (before, heading) in zip(asked, parts, strict=True)
    )
    return headings if each else []


def _numbered_parts(letter: Letter, headings: Sequence[int], asking: Sequence[int]) -> list[int]:
    """Those of the lines that call themselves a part ("II Reactie van de Minister"), behind something that asks."""
    first = min(asking, default=len(letter.lines))
    return [at for at in headings if at > first and NUMBERED_REPLIES.fullmatch(letter.lines[at].text)]


def asking_lines(letter: Letter) -> list[int]:
    """The lines where a paragraph begins that asks."""
    return [
        at
        for at, line in enumerate(letter.lines)
        if letter.breaks[at] and (ASKING.match(straightened(line.text)) or CARRIED.match(line.text))
    ]


def _stands_alone(letter: Letter, at: int) -> bool:
    """Whether a line begins a paragraph, or is the heading of a part behind one that ended ("II Reactie van …")."""
    ended = at > 0 and ends_sentence(letter.lines[at - 1].text)
    return letter.breaks[at] or (ended and re.match(r"(?:I{1,3}|IV|V)\b", letter.lines[at].text) is not None)


def _reply_headings(letter: Letter) -> list[int]:
    """The lines that say whose reply follows, with text after them."""
    found = []
    for at, line in enumerate(letter.lines):
        if _stands_alone(letter, at) and heads_replies(line.text):
            following = letter.words(at + 1, min(at + 12, len(letter.lines)))
            if len(re.sub(r"[\d\s.]", "", following)) > 40 or at + 3 >= len(letter.lines):
                found.append(at)
    return found


def read_two_parts(letter: Letter, replies_at: int, first: int = 0) -> Reading:
    """Part I asks, part II replies: matched by the party whose section it is. So may III and IV, in a second term."""
    *starts, end = reply_parts(letter, replies_at)
    asking, headings = _sections(letter, first, replies_at)
    replying: list[_Section] = []
    for start, beyond in zip(starts, [*starts[1:], end], strict=True):
        sections, more = _sections(letter, start + 1, beyond)
        replying += sections or _by_opening(letter, start + 1, beyond)
        headings |= more | {start}
    headings |= {end} if end < len(letter.lines) else set()
    drafts = []
    warnings = []
    headed = {party for section in asking for party in section.parties}
    answered = [reply.parties for reply in replying if headed.isdisjoint(reply.parties)]
    asked = [part for section in asking for part in _by_asker(letter, section, answered)]
    paired = _paired([section for section, *_ in asked], replying)
    together: dict[int, list[int]] = {}
    for index in sorted(paired):
        together.setdefault(paired[index].first, []).append(index)
    for index, (_, who, questions) in enumerate(asked):
        if (reply := paired.get(index)) is None:
            drafts.append(Draft((), who, questions, None, ("geen reactie gevonden",)))
        elif index == together[reply.first][0]:
            joint = [asked[other] for other in together[reply.first]]
            askers = tuple(dict.fromkeys(asker for _, each, _ in joint for asker in each))
            every = tuple(question for *_, own in joint for question in own)
            drafts.append(Draft((), askers, every, whole(reply.first, reply.beyond)))
    if len(asking) == len(drafts) == 1 and drafts[0].answer is None and end > replies_at + 1:
        drafts = [replace(drafts[0], answer=whole(replies_at + 1, end), reasons=("een reactie voor alles",))]
    elif len(together) < len(replying) or (not paired and _told(letter, replies_at + 1, end)):
        warnings.append("bij een deel van de reacties is niet te zien welke vragen erbij horen")
    if not first and (second := _second_term(letter, end)) is not None:
        more_terms = read_two_parts(letter, second, end)
        drafts += more_terms.drafts
        headings |= more_terms.headings
        warnings += (warning for warning in more_terms.warnings if warning not in warnings)
    return Reading(tuple(drafts), frozenset(headings), tuple(warnings))


def _by_asker(
    letter: Letter, section: _Section, answered: Sequence[set[str]]
) -> list[tuple[_Section, tuple[Asker, ...], _Questions]]:
    """The questions of a section with who asks them: those of its heading, and others whom a paragraph names.

    They are one part, as one reply is to it; but what others ask who have a reply of their own, and no heading,
    is a part of theirs.
    """
    parts: dict[tuple[Asker, ...], tuple[dict[Asker, None], list[tuple[int | None, Stretch]]]] = {}
    who = section.askers
    for question in _questions(letter, section):
        text = straightened(letter.words(question[1].first, question[1].beyond))
        if section.askers and ASKING.match(text) and (named := who_asks(letter, text, section.askers)):
            others = tuple(asker for asker in named if asker.party not in section.parties)
            who = others if len(others) == len(named) and not joins(text) else (*section.askers, *others)
        apart = {asker.party for asker in who} in answered
        askers, questions = parts.setdefault(who if apart else section.askers, ({}, []))
        askers.update(dict.fromkeys(who))
        questions.append(question)
    return [
        (replace(section, askers=whose), tuple(askers), tuple(questions))
        for whose, (askers, questions) in parts.items()
    ]


def _told(letter: Letter, first: int, beyond: int) -> bool:
    """Whether there is more between two lines than titles."""
    return any(ends_sentence(letter.lines[at].text) for at in range(first, beyond))


def _paired(asking: Sequence[_Section], replying: Sequence[_Section]) -> dict[int, _Section]:
    """The reply to each section, by its place.

    First those to just its parties, then those to several that asked apart, then those to some of its parties.
    """
    asked = {index: parties for index, section in enumerate(asking) if (parties := section.parties)}
    answered = {reply.first: reply.parties for reply in replying}
    paired: dict[int, _Section] = {}
    left = list(replying)

    def pair(alike: Callable[[set[str], set[str]], object]) -> None:
        for index, parties in list(asked.items()):
            reply = next((other for other in left if alike(parties, answered[other.first])), None)
            if reply is not None:
                paired[index] = reply
                left.remove(reply)
                del asked[index]

    pair(set.__eq__)
    for reply in [other for other in left if len(answered[other.first]) > 1]:
        some = [index for index, parties in asked.items() if parties < answered[reply.first]]
        if len(set().union(*(asked[index] for index in some))) > 1:
            paired.update(dict.fromkeys(some, reply))
            left.remove(reply)
            for index in some:
                del asked[index]
    pair(set.intersection)
    return paired


def _second_term(letter: Letter, end: int) -> int | None:
    """The heading of replies to what is asked behind the first ones; None where nothing is."""
    asked = next((at for at in asking_lines(letter) if at > end), len(letter.lines))
    return next(
        (
            at
            for at in range(asked, len(letter.lines))
            if letter.breaks[at]
            and (_MORE_REPLIES.fullmatch(letter.lines[at].text) or heads_replies(letter.lines[at].text))
        ),
        None,
    )


def reply_parts(letter: Letter, replies_at: int) -> list[int]:
    """The lines where the parts begin that reply, and where the last one ends.

    "III Volledige agenda" ends them; "III Reactie van de Staatssecretaris" is one more, which "IV" ends.
    """
    parts = [replies_at]
    own = re.match(r"(III|C)\b|(IV|D)\b", letter.lines[replies_at].text)
    following = "III|C" if own is None else "IV|D" if own[1] else "V|E"
    for at in range(replies_at + 1, len(letter.lines)):
        text = letter.lines[at].text
        if re.match(rf"(?:{following})\s?[.:)]?\s+[A-Z]", text) and _stands_alone(letter, at):
            parts.append(at)
            if not _MORE_REPLIES.fullmatch(text) or following == "V|E":
                return parts
            following = "IV|D" if following == "III|C" else "V|E"
    return [*parts, len(letter.lines)]


def read_alternating(letter: Letter, *, headings_carry: bool = True) -> Reading:
    """An asking paragraph or several, then the paragraphs that reply, and so on; headings may name the party."""
    lines = letter.lines
    parts = _party_headings(letter, 0, len(lines))
    alone = {line for part in parts for line in part[0]}
    carried: tuple[Asker, ...] = ()
    drafts: list[Draft] = []
    asked: list[tuple[int, int]] = []
    replied: list[tuple[int, int]] = []
    marked = False
    askers: tuple[Asker, ...] = ()
    headed: tuple[Asker, ...] = ()
    opens = False

    def join(count: int) -> None:
        """Take up what others asked right before, where one reply is to so many of them."""
        nonlocal asked, askers
        for _ in range(count - 1):
            if (
                not (asked and drafts)
                or drafts[-1].answer
                or not alone.issuperset(range(_end(drafts[-1]), asked[0][0]))
            ):
                break
            others = drafts.pop()
            asked = [(question.first, question.beyond) for _, question in others.questions] + asked
            askers = tuple(dict.fromkeys((*others.askers, *askers)))

    def finish() -> None:
        nonlocal asked, replied, marked
        if asked:
            questions = tuple((None, Stretch(first, beyond)) for first, beyond in asked)
            answer = whole(replied[0][0], replied[-1][1]) if replied else None
            drafts.append(Draft((), askers, questions, answer))
        asked, replied = [], []
        marked = False

    by_line = {part[0].start: part[1] for part in parts}
    opening = parts[0][0].start if parts else 0
    closed = next((h.at for h in letter.headings if h.sort is Sort.CLOSE and h.at > len(lines) - 15), len(lines))
    markers = {heading.at for heading in letter.headings if heading.sort is Sort.ANSWER and not heading.numbers}
    markers.update(reply_markers(letter))
    for first, beyond in _with_numbers(letter, letter.paragraphs(0, closed)):
        at = first
        if at in markers:
            alone.add(at)
            marked = bool(asked)
            if not replied:
                join(answers_several(lines[at].text))
            at += 1
        while at < beyond and at in alone:
            if at in by_line:
                finish()
                # "CDA:" in front of a question is no topic.
                opens = headings_carry or lines[at].text.endswith((":", "–", "-"))
                carried = askers = by_line[at] if opens else carried
                headed = by_line[at] if opens else ()
            at += 1
        if at >= beyond:
            continue
        text = straightened(letter.words(at, beyond))
        if asked and not replied and _goes_on(letter, asked[-1], at):
            asked.append((at, beyond))
            continue
        if _is_title(text, beyond - at) and not (asked and _SHORT_REPLY.fullmatch(text)):
            if replied or not asked:
                finish()
                opens = bool(headed)
            alone.update(range(at, beyond))
            continue
        first_below, opens = opens, False
        if marked and asked and not replied:
            replied.append((at, beyond))
            continue
        if asked and replies(text):
            replied.append((at, beyond))
            continue
        if asks_nothing(text) or (at < opening and announces_questions(text)):
            finish()
            continue
        if asked and not replied and _SENDS.match(text):
            # The letter that replies says the questions once more.
            finish()
            continue
        asking = ASKING.match(text) or (CARRIED.match(text) and (asked or drafts))
        if asking and _NOTHING.search(text):
            finish()
            continue
        if asking:
            named = who_asks(letter, text, headed)
            both = dict.fromkeys((*askers, *(named or ())))
            told = {mention.party for mention in mentions(text, letter.year)}
            if asked and not replied and joins(text) and told <= {asker.party for asker in both}:
                askers = tuple(both)
                asked.append((at, beyond))
                continue
            if replied or (asked and named is not None and named != askers):
                finish()
            if named is not None:
                carried = askers = named
            else:
                askers = carried or askers
            asked.append((at, beyond))
        elif first_below and text.rstrip().endswith("?"):
            # What nobody is said to ask, right below the heading of a party or a title in its section.
            asked.append((at, beyond))
        elif (
            asked and text.rstrip().endswith("?") and (not replied or beyond in markers or _TO_WHO_REPLIES.match(text))
        ):
            if replied:
                finish()
            asked.append((at, beyond))
        elif asked:
            replied.append((at, beyond))
    finish()
    if any(draft.answer for draft in drafts):
        drafts = [draft if draft.answer else replace(draft, reasons=("geen reactie gevonden",)) for draft in drafts]
    return Reading(tuple(drafts), frozenset(alone))


def _end(draft: Draft) -> int:
    """The line behind what is asked."""
    return draft.questions[-1][1].beyond


def who_asks(letter: Letter, text: str, headed: Sequence[Asker] = ()) -> tuple[Asker, ...] | None:
    """Whom the sentence names; empty where we do not know them, None where it names nobody.

    Under a party's heading, which names `headed`, a fractie that nobody knows is that party, misspelled. Of "Het lid
    Keijzer" this heading, or else the others, must tell whether she has a fractie or is one; or she begins its section.
    """
    named = askers_of(text, letter.year)
    if named:
        return named
    if name := lone_member(text):
        others = (asker for heading in letter.headings for asker in heading.askers)
        for askers in (headed, others):
            found = {asker for asker in askers if name in (asker.party, f"Lid {asker.member}")}
            if found:
                return tuple(found) if len(found) == 1 else ()
        begun = {heading.askers for heading in letter.headings if _begins(letter, heading, name)}
        return begun.pop() if len(begun) == 1 else ()
    return () if named is None and not headed and names_a_fractie(text) else named


def _begins(letter: Letter, heading: Heading, name: str) -> bool:
    """Whether the section of one fractie begins with that member, who asks by himself: then he is one of it."""
    first = heading.at + heading.length
    fractie = len(heading.askers) == 1 and not (heading.askers[0].member or heading.askers[0].party.startswith("Lid "))
    return heading.sort is Sort.PARTY and fractie and lone_member(letter.words(first, first + 2)) == name


def replies(text: str) -> bool:
    """Whether a paragraph that begins as if it asked replies: "De leden van de VVD-fractie wijzen terecht op …"."""
    asking = ASKING.match(text)
    if asking is None or "?" in text:
        return False
    subject = re.match(r"[^.?!:;]*", text)
    said = _REPLYING.search(text, asking.end(), subject.end() if subject else 0)
    verb = VERB.search(text, asking.end())
    return said is not None and (verb is None or verb.start() >= said.start())


def _goes_on(letter: Letter, asked: tuple[int, int], at: int) -> bool:
    """Whether an item of a list at line `at` belongs to the question before it, which a colon or an item ends."""
    before = letter.words(*asked).rstrip()
    if not _ITEM.match(letter.lines[at].text):
        return False
    return before.endswith(":") or (_ITEM.match(before) is not None and not letter.lines[at].gap)


def _with_numbers(letter: Letter, paragraphs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The paragraphs, where the number of a question in a list ("2.") is one with the question."""
    joined: list[tuple[int, int]] = []
    for first, beyond in paragraphs:
        before = letter.words(*joined[-1]) if joined else ""
        text = letter.words(first, beyond).rstrip()
        if re.fullmatch(r"\d{1,2}[.)]", before) and (text.endswith("?") or begins_asking(text)):
            joined[-1] = (joined[-1][0], beyond)
        else:
            joined.append((first, beyond))
    return joined


def _is_title(text: str, lines: int) -> bool:
    """A short line without a sentence's end: a topic, a section's number."""
    return lines <= 2 and len(text) <= 110 and not re.search(r"[.?!:;,][»”’)\"']*$", text)


def _party_headings(letter: Letter, first: int, beyond: int) -> list[tuple[range, tuple[Asker, ...]]]:
    return [
        (range(heading.at, min(heading.at + heading.length, beyond)), heading.askers)
        for heading in letter.headings
        if heading.sort is Sort.PARTY and first <= heading.at < beyond
    ]


def _sections(letter: Letter, first: int, beyond: int) -> tuple[list[_Section], set[int]]:
    """The parties' sections with text in them: in a table of contents the headings follow each other."""
    headings = _party_headings(letter, first, beyond)
    ends = [heading[0].start for heading in headings[1:]] + [beyond]
    sections = []
    alone: set[int] = set()
    for (lines, askers), end in zip(headings, ends, strict=False):
        alone.update(lines)
        words = re.sub(r"[\d\s.IVX]", "", letter.words(lines.stop, end))
        if len(words) > 1:
            sections.append(_Section(askers, lines.stop, end))
    return sections, alone


def _by_opening(letter: Letter, first: int, beyond: int) -> list[_Section]:
    """Replies without headings: a paragraph that names a party begins its section."""
    sections: list[_Section] = []
    for start, end in letter.paragraphs(first, beyond):
        text = letter.words(start, end)
        head = text if ASKING.match(text) else answered_at_the_head(text)
        named = who_asks(letter, head) if head else None
        if named is not None and not (sections and sections[-1].askers == named):
            sections.append(_Section(named, start, end))
        elif sections:
            sections[-1].beyond = end
    return sections


def _questions(letter: Letter, section: _Section) -> _Questions:
    """The paragraphs of a section; none where the party has no questions."""
    paragraphs: Sequence[tuple[int, int]] = [
        (first, beyond)
        for first, beyond in _with_numbers(letter, letter.paragraphs(section.first, section.beyond))
        if not _is_title(letter.words(first, beyond), beyond - first)
        and not _PART.fullmatch(letter.words(first, beyond))
        and not _SENDS.match(letter.words(first, beyond))
    ]
    text = " ".join(letter.words(first, beyond) for first, beyond in paragraphs)
    if not paragraphs or (_NOTHING.search(text) and "?" not in text and len(text) < 400):
        return ()
    return tuple((None, Stretch(first, beyond)) for first, beyond in paragraphs)

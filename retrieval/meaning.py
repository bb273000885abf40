"""What a query says, read with what a store has: its words, whom and what it names, and what it limits itself to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from index.backend import Backend, Filters
from index.passages import is_minister_term
from retrieval import names, subject
from retrieval.fuse import LexicalQuery, lexical_query
from retrieval.limits import Known, Limits, limits
from retrieval.numbers import named_numbers, named_questions
from retrieval.spelling import corrected, names_as_meant, similar_word


@dataclass(frozen=True, slots=True)
class Meaning:
    """A query as it is understood.

    `words` vote, or, where the query only `refers` to documents, questions, ministries, days or who asked, those that
    name documents. `read_as` are its misspelt words and names, as typed, with what was read for them. `members` and
    `parties` are whom it names, the parties only where it names no member; `called` who must have asked together, each
    as all whom a name may mean. `strangers` are said to ask, and the store knows no such member. It is `pasted` where
    it is a question of parliament, which cites the numbers of others. `asked` tells whether it says that somebody
    asked; `ministers` are terms for those whom it says to have answered, and `also_ministers` tells that a name may be
    a member's and a minister's. `cited` is a day on which nothing in the store was asked or answered, so that letters
    about the subject must cite it.
    """

    words: LexicalQuery
    read_as: Mapping[str, str]
    limits: Limits
    refers: bool
    parties: tuple[str, ...]
    members: tuple[str, ...]
    called: tuple[tuple[str, ...], ...]
    strangers: tuple[str, ...]
    numbers: frozenset[int]
    pasted: bool
    asked: bool
    ministers: frozenset[str]
    cited: date | None
    also_ministers: bool

    @property
    def asking(self) -> tuple[str, ...]:
        """Whom it names as who may ask."""
        return self.members or self.parties or self.strangers

    @property
    def theirs(self) -> bool:
        """Whether it asks for what those whom it names asked."""
        return bool(self.asking) and self.asked


def read(store: Backend, text: str) -> Meaning:
    """What a query says. Words and names that are misspelt are taken as meant (`LexicalQuery.text`)."""
    members = store.members
    text, read_as = corrected(text, names_as_meant(store, text))
    documents = {term for _, term in names.named_documents(text) if store.document_frequency(term)}
    known = Known(members, store.ministries, documents)
    limited = limits(text, known)
    if cited := _cited(store, limited):
        limited = limits(text, known, dated=False)
    rest = limited.text or text
    # Who asked stands before the subject, which may be about others: "wat vroeg NSC over de houding van de SP".
    who = subject.before_subject(rest)
    if not (names.asking_in(who, members) or names.strangers(who, members)):
        who = rest
    strangers = names.strangers(who, members)
    asked = lexical_query(
        rest,
        store.document_frequency,
        lambda spelling, edits: similar_word(store, spelling, edits),
        store.manifest.passages,
        names=[*names.asking_in(who, members), *named_questions(rest), *strangers],
        speakers=names.speakers(rest),
    )
    if limited:
        refers = not subject.has_subject(limited.text, members, asked.documents)
    else:
        refers = subject.only_refers(rest, members, asked.documents)
    if refers:
        asked = replace(asked, weights={term: asked.weights[term] for term in asked.documents}, only=None)
    named, parties = names.named_members(who, members), names.named_parties(who)
    together = () if named or not subject.says_together(rest) else tuple((party,) for party in parties)
    answered = subject.says_who_answered(rest) and not refers
    return Meaning(
        words=asked,
        read_as={**read_as, **asked.read_as},
        limits=limited,
        refers=refers,
        parties=() if named else parties,
        members=named,
        called=names.called(who, members) or together,
        strangers=tuple(span.of(who) for span in strangers),
        numbers=named_numbers(rest),
        pasted=names.is_pasted(text),
        asked=subject.says_who_asked(rest, members),
        ministers=frozenset(filter(is_minister_term, asked.documents)) if answered else frozenset(),
        cited=cited,
        also_ministers=names.also_ministers(rest, members, asked.documents),
    )


def _cited(store: Backend, limited: Limits) -> date | None:
    """The day to which a query about a subject limits itself, where nothing was asked or answered on it.

    "De brief van 11 oktober 2023 over Armenië", "wat zei de minister op 31 augustus 2021 over artsen".
    """
    dated = limited.dated
    if dated is None or dated.first != dated.last or not subject.has_subject(limited.text, store.members):
        return None
    return None if store.select(Filters(dated=dated)).passages else dated.first

"""What the parser doubts or warns of, which an index holds in Dutch, in English."""

from __future__ import annotations

import re

ENGLISH = {
    "antwoord zonder vraag": "answer without a question",
    "nummer komt vaker voor": "number occurs more than once",
    "antwoord is leeg": "answer is empty",
    "antwoord zonder kop": "answer without a heading",
    "geen vraagsteller gevonden": "who asks was not found",
    "nummer geteld": "number was counted, not read",
    "een reactie voor alles": "one reply to everything",
    "geen reactie gevonden": "no reply found",
    "gat in de nummering ervoor": "gap in the numbering before it",
    "nummer buiten volgorde": "number out of order",
    "deelvragen niet gescheiden": "parts of the question not separated",
    "antwoord {} hoort bij geen vraag die in dit document staat": "answer {} belongs to no question that stands in "
    "this document",
    "bij een antwoord is geen vraag gevonden": "no question was found for one answer",
    "bij {} antwoorden is geen vraag gevonden": "no question was found for {} answers",
    "vraag {} ontbreekt: de nummering springt van {} naar {}": "question {} is missing: the numbering jumps from "
    "{} to {}",
    "vragen {} tot en met {} ontbreken: de nummering springt van {} naar {}": "questions {} to {} are missing: the "
    "numbering jumps from {} to {}",
    "achter vraag {} vragen anderen iets zonder nummer: dat is niet gelezen": "behind question {} others ask "
    "something without a number: that was not read",
    "bij een deel van de reacties is niet te zien welke vragen erbij horen": "of some of the replies it cannot be "
    "told which questions they belong to",
    "in dit document zijn geen vragen en antwoorden herkend; het is als gewone tekst opgenomen": "no questions and "
    "answers were recognised in this document; it was taken in as plain text",
}
"""Numbers in braces are told as they are."""


def in_english(told: str) -> str:
    for dutch, english in ENGLISH.items():
        if match := re.fullmatch(re.escape(dutch).replace(r"\{\}", "(.+)"), told):
            return english.format(*(fact.replace(" en ", " and ") for fact in match.groups()))
    return told

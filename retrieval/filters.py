"""Filters as a user writes them, put as the documents write them. Applying them is the store's work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from index.errors import BadQuery, Cause
from index.ministries import named
from retrieval.names import named_members


def canonical_parties(parties: Sequence[str], known: Callable[[], Collection[str]]) -> tuple[str, ...]:
    """The register's names for parties as a user writes them. Raises BadQuery for one it does not know.

    A group that is called by its member's name needs not be in the register. `known` are those that asked, of which the
    error tells; the register has all of half a century.
    """
    from index.parties import canonical, named_group

    found = []
    for spelling in parties:
        party = canonical(spelling) or named_group(spelling)
        if party is None:
            raise BadQuery(Cause.UNKNOWN_PARTY, name=spelling, known=", ".join(known()))
        found.append(party)
    return tuple(dict.fromkeys(found))


def ministries_as_written(names: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """Ministries as the documents write them, by their names or as a query may name them (`index.ministries.named`).

    One that is not among the `known` stays as it is, and lets nothing through.
    """
    found: list[str] = []
    for name in names:
        meant = [full for full in known if full.casefold() == name.strip().casefold()]
        if not meant:
            told = named(name, known) or named(f"ministerie van {name}", known)
            meant = sorted(ministry for one in told for ministry in one.ministries)
        found += meant or [name]
    return tuple(dict.fromkeys(found))


def members_as_written(names: Sequence[str], known: tuple[str, ...]) -> tuple[str, ...]:
    """Members as the documents write them, by their surname or more; one who is not `known` stays as written here."""
    found: list[str] = []
    for name in names:
        own = [name] if name in known else []
        found += [*own, *named_members(f"lid {name.title()}", known)] or [name]
    return tuple(dict.fromkeys(found))

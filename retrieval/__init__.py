"""Searching what was indexed: `from retrieval import Searcher`."""

from retrieval.results import Hit, Query, Quote, Results
from retrieval.search import Searcher

__all__ = ["Hit", "Query", "Quote", "Results", "Searcher"]

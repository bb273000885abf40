"""How good the search is, for whom, and whether a change helped. `python -m eval --help`."""

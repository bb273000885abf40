"""Reading letters and building the index: everything that writes `data/built`."""

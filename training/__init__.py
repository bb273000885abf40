"""How data/model was made: from the data of ../shared to a sentence-transformers folder, in one command."""

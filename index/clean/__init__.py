"""From the lines of a source to one running text: furniture and footnotes out, lines joined, nothing else changed."""

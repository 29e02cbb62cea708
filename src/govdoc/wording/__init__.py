"""How the parts of a 公文 are worded: what the cleaner and the parser both know of dates, numbers, titles, labels."""

"""What a browser calls itself, in two words that its owner recognises."""

#: The first that occurs names it: most browsers also name the ones they descend from.
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung"), ("coc_coc", "Coc Coc"), ("Firefox", "Firefox"),
             ("Chrom", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def described(agent: str) -> str:
    """``"Mozilla/5.0 (Windows NT 10.0) … Firefox/115.0"`` → ``"Firefox · Windows"``; what is unknown stays out."""
    named = (next((name for mark, name in marks if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS))
    return " · ".join(filter(None, named))

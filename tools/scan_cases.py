"""One bad line for each of our own rules: a rule that finds nothing in its own case is broken, and the scan says so."""

#: Rule → where such a line would stand, and the line.
CASES = {
    "markup-of-a-made-string": ("innovations/x/views.py", 'Markup(f"<b>{name}</b>")'),
    "template-from-a-string": ("innovations/x/pages.py", "render_template_string(text)"),
    "unescaped-in-a-template": ("templates/x.html", "{{ name|safe }}"),
    "script-inside-a-page": ("templates/y.html", '<p onclick="go()">'),
    "commit-outside-a-transaction": ("innovations/x/services/y.py", "db.session.commit()"),
    "sql-from-a-made-string": ("innovations/x/queries.py", 'connection.execute(f"SELECT {name}")'),
    "request-below-the-doors": ("innovations/x/services/z.py", "from flask import request"),
    "binary-float-in-a-rule": ("innovations/x/rules/y.py", "points = float(typed)"),
    "guessable-token": ("innovations/x/services/w.py", "import random\ncode = random.choice(letters)"),
    "network-from-the-product": ("innovations/x/services/v.py", "import urllib.request"),
    "xml-that-expands": ("innovations/x/reading.py", "import xml.etree.ElementTree\nxml.etree.ElementTree.parse(file)"),
    "through-a-shell": ("innovations/x/reading2.py", "import subprocess\nsubprocess.run(command, shell=True)"),
    "compared-in-the-open": ("innovations/x/rules/z.py", "ok = found.hexdigest() == sent"),
}

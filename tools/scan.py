"""What scanners say of the sources: bandit, our own semgrep rules, secrets.  Exit 1 for a finding that nobody explained.

A finding of bandit is explained on its line, as for ruff: ``# noqa: S301  (why)``.  A string that looks like a secret stands in
``.secrets.baseline`` once it was looked at.  Run by ``./dev scan``, which installs the scanners beside the project.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from scan_cases import CASES

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PLACES = ("innovations", "tools", "wsgi.py")
#: Importing is no use; an assert tells mypy a type; S603 of ruff is off for the same reason: no command of ours goes through a shell.
#: B105 takes the word "secret" in a label of ours for a password; real ones are the business of the secrets scan.
SKIPPED = "B101,B105,B403,B404,B405,B406,B603"
EXPLAINED = re.compile(r"# noqa: (?:[A-Z]+\d+, )*S\d+\s+\(.+\)")
#: Binary, generated or pinned by digest.
UNREAD = re.compile(r"\.(po|mo|png|jpg|woff2|ttf|otf|min\.js|svg)$|^requirements|^\.secrets\.baseline$|THIRD_PARTY")


def _run(*command: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(each) for each in command], cwd=cwd, capture_output=True, text=True, check=False)


def bandit() -> list[str]:
    """Findings without an explanation on their line."""
    found = json.loads(_run(BIN / "bandit", "-q", "-r", *PLACES, "-f", "json", "-s", SKIPPED).stdout)
    if found["errors"]:
        return [str(each) for each in found["errors"]]
    return [
        f"{each['filename']}:{each['line_number']} {each['test_id']} {each['issue_text']}"
        for each in found["results"]
        if not EXPLAINED.search((ROOT / each["filename"]).read_text().splitlines()[each["line_number"] - 1])
    ]


def _semgrep(folder: Path) -> dict[str, Any]:
    options = ("--metrics", "off", "--disable-version-check", "--json", "--quiet", "--no-git-ignore")
    done = _run(BIN / "semgrep", "scan", "--config", ROOT / "tools/semgrep.yml", *options, "innovations", "templates", cwd=folder)
    found: dict[str, Any] = json.loads(done.stdout or "{}")
    if done.returncode > 1 or "results" not in found or found["errors"]:
        raise SystemExit(f"semgrep ended with {done.returncode}: {found.get('errors')} {done.stderr[-500:]}")
    return found


def own_rules() -> list[str]:
    """Findings of ``tools/semgrep.yml``."""
    return [
        f"{each['path']}:{each['start']['line']} {each['check_id']} {each['extra']['message']}"
        for each in _semgrep(ROOT)["results"]
    ]


def own_rules_find() -> list[str]:
    """Rules that do not find the bad line made for them."""
    with tempfile.TemporaryDirectory() as name:
        for path, line in CASES.values():
            file = Path(name) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(line + "\n")
        found = {each["check_id"].rpartition(".")[2] for each in _semgrep(Path(name))["results"]}
    named = set(re.findall(r"^  - id: (\S+)$", (ROOT / "tools/semgrep.yml").read_text(), re.M))
    return [f"{each} finds nothing in its own case" for each in sorted((named | CASES.keys()) - found)]


def secrets() -> list[str]:
    """Strings that look like secrets and are not in the baseline."""
    named = _run("git", "ls-files").stdout.splitlines()
    files = [each for each in named if not UNREAD.search(each)]
    done = _run(BIN / "detect-secrets-hook", "--baseline", ".secrets.baseline", "--no-verify", *files)
    return [] if done.returncode == 0 else [line for line in done.stdout.splitlines() if line.strip()] or [done.stderr[-500:]]


def main() -> int:
    """Print what each scanner found; 1 when one found anything."""
    status = 0
    for scanner in (bandit, own_rules, own_rules_find, secrets):
        found = scanner()
        print(f"{scanner.__name__}: {len(found)} unexplained")
        print("".join(f"  {each}\n" for each in found), end="")
        status |= bool(found)
    return status


if __name__ == "__main__":
    sys.exit(main())

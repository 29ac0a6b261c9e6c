"""Who sees a proposal in which situation: a table typed from the regulation, not from the code.

Sources: "Roles" and "Who sees what" (domain §3), the state table (§5).  A change here is a change of the regulation.
"""

from __future__ import annotations

ACCOUNTS = (
    "tacgia", "tacgia2", "tiepnhan", "thuky", "chutich", "uyvien1", "uyvien2", "uyvien3", "uyvien4", "uyvien5", "chihuy", "chihuy2",
    "vanphong", "donvi", "docgia", "baomat", "baomat2", "kiemtra", "quantri",
)  # fmt: skip

# In what capacity an account sees the proposal of a situation:
#
#   L lead author     A co-author      C commander over the author's unit (and below his own)
#   R receiver        G registrar      D decider (of T1A, who also commands it), all three of the level that considers it
#   S secretary       P chair          m member it was assigned to     M deputy, who has it on an agenda, without an assignment
#   b reader because the owning base is his own     o reader because it is recognised and open
#   Q security officer over a quarantined one       . nothing: it does not exist for him
#
# "A draft: its authors."  A proposal sent back is a draft again.
# "unit_review: and that commander."  A grant holds "at a unit, for it and below", so the regiment's commander counts as well.
# "submitted up to any negative end: and receiver, registrar, decider of that level" (withdrawn_early never was submitted).
# "secretary and chair from accepted; other seats only what is assigned to them or on their agenda, and nothing once recused":
# uyvien5 declared a conflict wherever it was assigned.
# "Recognised and open: every signed-in account; recognised and internal: the owning base and below, and commander, registrar,
# decider above it."  As a reader of the base a recused member sees what everybody there sees, nothing of the board's.
# Quarantine: "content hidden everywhere at once"; the officer judges it.
# Auditor: code, state, dates, events (see EVENTS), never the dossier.  Admin: "never content".
SIGHT = """
                        auth  recv secr chair --- members ---- head  cmdr regi  T2B   T2B   secur.  audit admin
                        tg t2 tn   tk   ct    u1 u2 u3 u4 u5   ch    c2   vp    dv    dg    b1 b2   kt    qt
draft                   L  A  .    .    .     .  .  .  .  .    .     .    .     .     .     .  .    .     .
unconfirmed             L  A  .    .    .     .  .  .  .  .    .     .    .     .     .     .  .    .     .
sent_back               L  A  .    .    .     .  .  .  .  .    .     .    .     .     .     .  .    .     .
unit_review             L  A  .    .    .     .  .  .  .  .    C     C    .     .     .     .  .    .     .
withdrawn_early         L  A  .    .    .     .  .  .  .  .    C     C    .     .     .     .  .    .     .
submitted               L  A  R    .    .     .  .  .  .  .    D     C    G     .     .     .  .    .     .
needs_fix               L  A  R    .    .     .  .  .  .  .    D     C    G     .     .     .  .    .     .
rejected                L  A  R    .    .     .  .  .  .  .    D     C    G     .     .     .  .    .     .
withdrawn               L  A  R    .    .     .  .  .  .  .    D     C    G     .     .     .  .    .     .
accepted                L  A  R    S    P     .  .  .  .  .    D     C    G     .     .     .  .    .     .
trial                   L  A  R    S    P     .  .  .  .  .    D     C    G     .     .     .  .    .     .
assigned                L  A  R    S    P     .  m  m  m  .    D     C    G     .     .     .  .    .     .
scoring                 L  A  R    S    P     .  m  m  m  .    D     C    G     .     .     .  .    .     .
scored                  L  A  R    S    P     M  m  m  m  .    D     C    G     .     .     .  .    .     .
meeting                 L  A  R    S    P     M  m  m  m  .    D     C    G     .     .     .  .    .     .
voting                  L  A  R    S    P     M  m  m  m  .    D     C    G     .     .     .  .    .     .
counted                 L  A  R    S    P     M  m  m  m  .    D     C    G     .     .     .  .    .     .
recorded                L  A  R    S    P     M  m  m  m  .    D     C    G     .     .     .  .    .     .
revise                  L  A  R    S    P     M  m  m  m  .    D     C    G     .     .     .  .    .     .
passed                  L  A  R    S    P     M  m  m  m  .    D     C    G     .     .     .  .    .     .
failed                  L  A  R    S    P     M  m  m  m  .    D     C    G     .     .     .  .    .     .
not_recognised          L  A  R    S    P     M  m  m  m  .    D     C    G     .     .     .  .    .     .
recognised_open         L  A  R    S    P     M  m  m  m  o    D     C    G     o     o     o  o    o     o
recognised_internal     L  A  R    S    P     M  m  m  m  b    D     C    G     .     .     .  .    .     .
forwarded               L  A  R    S    P     M  m  m  m  b    D     C    G     .     .     .  .    .     .
revoked                 L  A  R    S    P     M  m  m  m  .    D     C    G     .     .     .  .    .     .
quarantined             .  .  .    .    .     .  .  .  .  .    .     .    .     .     .     Q  Q    .     .
quarantined_recognised  .  .  .    .    .     .  .  .  .  .    .     .    .     .     .     Q  Q    .     .
elsewhere_draft         .  .  .    .    .     .  .  .  .  .    .     .    .     .     L     .  .    .     .
elsewhere_unit_review   .  .  .    .    .     .  .  .  .  .    .     .    .     C     L     .  .    .     .
"""


def _sight() -> dict[str, dict[str, str]]:
    rows = [line.split() for line in SIGHT.strip().splitlines()[2:]]
    return {name: dict(zip(ACCOUNTS, letters, strict=True)) for name, *letters in rows}


#: situation → account → capacity.
SEEN = _sight()
SITUATIONS = tuple(SEEN)
EVERYBODY_WHO_SEES = frozenset("LACRGDSPmMboQ")

# Groups of situations.
EDITABLE = "draft unconfirmed sent_back elsewhere_draft needs_fix revise"  # "the lead author", while it is with the authors
WITHDRAWABLE = "unit_review elsewhere_unit_review submitted needs_fix accepted trial assigned scoring scored"
RECEIVED = (  # got a receipt, and no quarantine lies over it
    "submitted needs_fix rejected withdrawn accepted trial assigned scoring scored meeting voting counted recorded revise passed "
    "failed not_recognised recognised_open recognised_internal forwarded revoked"
)
ON_BOARD = (
    "accepted trial assigned scoring scored meeting voting counted recorded revise passed failed not_recognised recognised_open "
    "recognised_internal forwarded revoked"
)
WITH_BOARD = "accepted trial assigned scoring scored meeting voting counted recorded revise"
ASSIGNED = ON_BOARD.replace("accepted trial ", "")
ON_AGENDA = ASSIGNED.replace("assigned scoring ", "")
REVEALED = ON_AGENDA.replace("scored ", "")
LIBRARY = "recognised_open recognised_internal forwarded"
OF_TWO = " ".join(each for each in SITUATIONS if not each.startswith("elsewhere"))  # has a co-author
BEYOND_AUTHORS = " ".join(each for each in SITUATIONS if each not in f"{EDITABLE} elsewhere_unit_review".split())
FILED = " ".join(each for each in SITUATIONS if "draft" not in each and each != "unconfirmed")  # it has its code
DECIDED = "not_recognised recognised_open recognised_internal forwarded revoked"
NOT_ENDED = "submitted needs_fix " + WITH_BOARD + " passed failed"

# Capacities.
HANDLES = "LACRDSPmM"  # "Confidential fields: the authors, commander, receiver, secretary, assigned seats, chair, decider"
BOARD = "SPmMRGD"  # who has the board's page of a review; the authors have the dossier's page instead
OWN = "LA"

#: "Auditor: code, state, dates, events" of what was received, never content; a quarantine hides content only.
EVENTS = RECEIVED + " quarantined quarantined_recognised"

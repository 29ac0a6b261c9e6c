"""How much each campaign does: bounded with the suite, in full with ``./dev faults``."""

from __future__ import annotations

from tests.sizes import size

#: Rounds of 50 equal clicks at the same moment, for each kind of click.
CLICK_ROUNDS = size(2, 100)
CLICKS_AT_ONCE = 50
#: Numbers of receipts and of certificates taken by 16 clients, every tenth attempt of whom is rolled back.
RECEIPTS, CERTIFICATES = size(320, 5_000), size(80, 10_000)
#: Kills of the worker, rows of the register it rebuilds, and the longest wait before a kill in seconds.
WORKER_KILLS, WORKER_ROWS, WORKER_SECONDS = size(5, 100), size(800, 9_000), size(9, 50) / 10
#: Operations of a click that are let fail, one at a time, spread over the whole of it; in full every one.
FAILING_PLACES = size(4, 100_000)
#: Whatever can happen to the index as a whole, how often each, and the longest wait before it in seconds.
DAMAGES_EACH, DAMAGE_SECONDS = size(1, 10), size(3, 25) / 10
#: Rows of the register whose index is lost as a whole, and the seconds within which it is whole again.
HEALED_ROWS, HEALED_SECONDS = size(200, 20_000), 60
#: Bits turned over at random places of the index, one at a time.
BIT_FLIPS = size(20, 300)
#: Kills of the web server under mixed acts, and how often fourteen acts (one submit, two files, three sheets, seven votes, a decision).
MIXED_KILLS, MIXED_ROUNDS = size(6, 200), size(3, 360)
#: Power cuts, all made from what one server told the disk.
POWER_CUTS = size(25, 500)
#: Requests, and how often the web server is told to end or to begin anew among them, sixteen under way each time: in full more than 1,000.
ENDED_REQUESTS, ENDS = size(60, 4_800), size(1, 66)
#: Random plays of all roles against the model of the regulation, and the steps of each.
PLAYS, PLAY_STEPS = size(30, 1_000), size(30, 50)

"""Nhật ký: who did what, append-only, hash-chained, verifiable offline; never confidential text."""

from innovations.audit.checkpoints import Seal, fix, fix_daily, seal_of
from innovations.audit.log import events_of, label_of, record, register_tags, verify

__all__ = ["Seal", "events_of", "fix", "fix_daily", "label_of", "record", "register_tags", "seal_of", "verify"]

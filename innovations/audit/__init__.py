"""Nhật ký: who did what, append-only, hash-chained, verifiable offline; never confidential text."""

from innovations.audit.log import events_of, label_of, record, register_tags, verify

__all__ = ["events_of", "label_of", "record", "register_tags", "verify"]

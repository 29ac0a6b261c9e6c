"""Folders of files that must outlive a power cut: that a file is synced says nothing of its name, nor of its folder's name."""

import os
from pathlib import Path

#: Folders whose names this process has had synced.
_on_disk: set[Path] = set()


def sync_folder(folder: Path) -> None:
    """Have the disk know which files the folder holds."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def kept_folder(folder: Path) -> Path:
    """The folder, made when missing for the server's own account only; the disk knows its name before anything lies in it.

    Also when another process, or another thread, made it and has not synced it yet.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder not in _on_disk:
        sync_folder(folder.parent)
        _on_disk.add(folder)
    return folder

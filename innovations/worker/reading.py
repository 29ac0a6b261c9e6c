"""Reads the files that wait to be searched: one at a time, in a process of its own, while the rounds go on."""

from flask import current_app

from innovations.documents.reading import Reading
from innovations.proposals.services import file_texts


class FileReader:
    """The file that is being read now.  A worker that is killed left it waiting; the next one begins it again."""

    def __init__(self) -> None:
        self._digest = ""
        self._reading: Reading | None = None

    def step(self) -> int:
        """Keep what was read by now and begin the next file; never waits.  Returns how many files were done."""
        done = 0
        if self._reading is not None and (found := self._reading.poll()) is not None:
            self._reading = None
            file_texts.keep(self._digest, found)
            current_app.logger.info("text of file %s: %s, %d characters", self._digest[:12], found.ending, len(found.text))
            done = 1
        if self._reading is None and (begun := file_texts.begin(current_app.config["FILE_TEXT_CHARACTERS"])):
            self._digest, self._reading = begun
        return done

    def finish(self) -> int:
        """Read every file that waits; for a single round.  Returns how many."""
        done = self.step()
        while self._reading is not None:
            self._reading.wait()
            done += self.step()
        return done

    def stop(self) -> None:
        """End the reading under way; its file goes on waiting."""
        if self._reading is not None:
            self._reading.stop()
            self._reading = None

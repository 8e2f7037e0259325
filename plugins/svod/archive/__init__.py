"""The write-once store of all that was fetched.

    objects/ab/cd/<sha256>.gz           one body, gzip; its name is the hash of the bytes before compression
    manifests/<source>/<run>.json       what one fetch of one source saw (a FetchResult)
    journal/<source>/<run>/<part>.json  what an unfinished fetch has seen so far; gone when it ends well
    lines/<name>.jsonl.gz               rows handed from one step to the next, by a name its writer chooses

Names are deterministic, bodies are never changed, and a file is either whole or not there: a writer killed
half-way leaves at most a temporary file that nobody reads. Lives here: bytes and their names. It must not
know what a body means, and never asks the network for anything but its own bucket.
"""

from .store import Archive, ArchivedFetch, ArchivedFile

__all__ = ["Archive", "ArchivedFetch", "ArchivedFile"]

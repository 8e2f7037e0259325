"""Sample sites over real HTTP on loopback. (Being written.)"""


class SampleSites:
    def __init__(self) -> None:
        self.addresses: dict[str, str] = {}

    def start(self) -> None: ...
    def stop(self) -> None: ...

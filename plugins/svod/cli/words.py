"""English words of the answers."""


def counted(n: int, noun: str) -> str:
    """«1 warning», «2 warnings»."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"

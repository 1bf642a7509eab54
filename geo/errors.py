"""Errors of this room that can be shown to a person; config.api_errors gives each its status."""

from geo.words import SpokenError, Words


class BadParameter(SpokenError):
    """A parameter of a request is unknown or wrong; `name` says which."""

    def __init__(self, name: str, *, zh: str, en: str) -> None:
        self.name = name
        super().__init__(zh=zh, en=en)


class NotThere(SpokenError):
    """What was asked for does not exist, or may not be seen: the two are the same to the one who asks."""


class NotAllowed(SpokenError):
    """The person's role does not cover this."""


class NotSignedIn(NotAllowed):
    """Whoever asks is nobody, or nobody any more: their session has ended."""

    def __init__(
        self, words: Words | None = None, *, zh: str = "请先登录。", en: str = "Please sign in first."
    ) -> None:
        super().__init__(words, zh=zh, en=en)


class SomebodyElse(NotAllowed):
    """The page was drawn for another person than the one who is signed in now."""


class Conflict(SpokenError):
    """Somebody else was quicker, or things are no longer as the person saw them; nothing was changed."""


class ChangedMeanwhile(Conflict):
    """Somebody changed what a form shows after it was opened; its person decides whose values hold."""


class TooMany(SpokenError):
    """Too often from one place within a while; later it is possible again."""


class NotReady(SpokenError):
    """Nothing was done, for what it takes is not there yet; `wait` seconds later it may be."""

    def __init__(self, wait: int, *, zh: str, en: str) -> None:
        self.wait = wait
        super().__init__(zh=zh, en=en)

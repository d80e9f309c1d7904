"""Why something was not done, as a sentence for the person who asked."""


class Refused(Exception):
    """`str(refusal)` tells the person what would have to be different. Nothing was changed.

    `field` names the form field that it concerns, when there is one."""

    def __init__(self, sentence: str, field: str | None = None):
        super().__init__(sentence)
        self.field = field


class Stale(Refused):
    """Somebody else changed the thing since the page was opened; nothing that was typed is lost."""

    def __init__(self, who: str, what: str):
        super().__init__(
            f"{who} changed this while you were working: {what}. Nothing of yours is lost: it is still in the form. "
            "Read what changed, then send it again."
        )
        self.who, self.what = who, what

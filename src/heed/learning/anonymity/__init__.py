"""What in a text may let somebody be recognised: marked in it with what it is and why, for a person to decide (R9, R253).

Pure: text and known names in, marks out. It is a help to look and no proof: what it misses is in the test that measures it."""

from heed.learning.anonymity.looks import mark
from heed.learning.anonymity.marks import Known, Mark, without

__all__ = ["Known", "Mark", "mark", "without"]

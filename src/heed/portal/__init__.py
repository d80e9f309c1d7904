"""Pages for the public, and for anyone who holds a code: say what happened, and follow it; also the front page, sign-in and errors."""

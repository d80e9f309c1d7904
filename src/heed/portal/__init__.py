"""Pages for the public, and for anyone who holds a code: tell us, and follow it; also the front page, sign-in and errors."""

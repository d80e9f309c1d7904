"""What is kept of the people who handle complaints, read: each through the one visibility function of its table."""

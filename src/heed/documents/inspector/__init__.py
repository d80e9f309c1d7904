"""Finds what a file is from its content. Runs in a child process of its own with little time, memory and no way to
write, because it reads what strangers made; so nothing here imports Django or anything else of Heed."""

"""Threads, messages (their state is the outbox), and the addresses and wishes of the people we write to."""

"""Working days, bank holidays by nation, and due dates: dates in, dates and their derivation out."""

"""Pure: the series that are watched, what stands out in them, which warning belongs to which, and how it is said."""

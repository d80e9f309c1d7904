"""Did it work? Pure: which months are compared, what is judged beside what, and how that is said."""

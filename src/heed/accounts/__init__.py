"""People who sign in, their membership, roles and permissions."""

"""Files, stored once by their content, checked, and served only through a permission."""

"""Form fields, template components and charts of the design system."""

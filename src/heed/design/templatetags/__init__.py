"""The template tags of the design; every template knows them without loading."""

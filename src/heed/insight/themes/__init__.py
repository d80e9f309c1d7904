"""Which subject a text is about: learned from how texts were coded, told with a probability and the words behind it.

Pure but for `training`, the one module that needs scikit-learn; a trained model is arrays and JSON, and numpy scores it."""

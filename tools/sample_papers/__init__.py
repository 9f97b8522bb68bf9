"""This package sets the sample's invented papers as PDFs: texts, figures, and how they look."""

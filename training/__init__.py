"""This package trains the weights of the embedded summarizer; see MODEL_CARD.md."""

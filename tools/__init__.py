"""Programs for the people who work on digestgen; nothing here is installed."""

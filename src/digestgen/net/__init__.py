"""This package is the one polite HTTP client: paced, patient, and bounded in time and size."""

from digestgen.net.addresses import ARXIV, pace_group
from digestgen.net.client import Http, check_address
from digestgen.net.stopping import Stop
from digestgen.net.timing import Clock, Limits, Quota

__all__ = ["ARXIV", "Clock", "Http", "Limits", "Quota", "Stop", "check_address", "pace_group"]

"""This package is servers of language models on this machine: a scripted one and a real one."""

from tests.model_server.prompted import Asked
from tests.model_server.scripted import Answer, ModelServer, Speaker, honest, says

__all__ = ["Answer", "Asked", "ModelServer", "Speaker", "honest", "says"]

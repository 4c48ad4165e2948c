"""Weights, and one wrapper a task behind ``core.protocols``."""

import os

# onnxruntime's builds report what they run, and keep a device id in the user's cache; this must be said before it
# is imported, in worker processes as well, which inherit it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

"""The product without a screen: no Qt, no inference engine."""

"""Metrics, predictions on synthetic people, decision thresholds, and the comparison on real faces."""

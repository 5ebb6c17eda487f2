"""Training of AuStream's action unit networks on synthetic people."""

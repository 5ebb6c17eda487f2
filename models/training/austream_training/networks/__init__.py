"""The networks that can be trained, each found by its id in the registry."""

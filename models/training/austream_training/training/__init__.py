"""The training loop: configuration, schedule, checkpoints, averaged weights."""

"""Reading shards of synthetic people and turning them into batches."""

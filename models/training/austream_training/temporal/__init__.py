"""The temporal head: what a face's features tell over time, and the fusion with the frame network's scores."""

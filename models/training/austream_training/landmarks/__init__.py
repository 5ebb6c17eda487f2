"""The stand-alone landmark CNN of paper 1: the pipeline's second way from a face's region to its landmarks."""

"""ONNX files, manifests, cards and parity vectors."""

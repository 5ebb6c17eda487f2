"""ONNX export with a dynamic batch and the manifest's facts as metadata."""

import hashlib
import inspect
import io
import warnings
from pathlib import Path

import onnx
import torch
from torch import nn

from .compact import store_half

OPSET = 17


def export_onnx(
        network: nn.Module, inputs: dict[str, torch.Tensor], outputs: list[str], metadata: dict[str, str], path: Path,
        compact: bool = False) -> str:
    """Writes the file and returns its SHA-256 in hexadecimal. Every input's first axis is the batch. ``compact`` stores weights that
    half precision holds exactly in half the space."""
    axes = {name: {0: "faces"} for name in [*inputs, *outputs]}
    options = {}
    if "dynamo" in inspect.signature(torch.onnx.export).parameters:
        options["dynamo"] = False
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network.eval(), tuple(inputs.values()), buffer, opset_version=OPSET, input_names=list(inputs), output_names=outputs,
            dynamic_axes=axes, do_constant_folding=True, **options)
    model = onnx.load_from_string(buffer.getvalue())
    return write_model(store_half(model) if compact else model, metadata, path)


def write_model(model: onnx.ModelProto, metadata: dict[str, str], path: Path) -> str:
    """Checks a model, stamps its metadata, writes it and returns its SHA-256 in hexadecimal."""
    onnx.checker.check_model(model)
    onnx.helper.set_model_props(model, metadata)
    model.producer_name, model.doc_string = "austream_training", metadata.get("id", "")
    content = model.SerializeToString(deterministic=True)
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()

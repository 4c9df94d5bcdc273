"""Write the trained network as two small ONNX files that the `Reader` runs.

    python -m training.export --model build/reader/model.pt --out kg/extract/reader_model

`encoder.onnx`: word pieces → vectors and label scores; 7-bit weights in bytes (a scale for each column),
activations quantised as they come. `relations.onnx`: spans of an article → how they belong
together; weights kept as 16-bit floats. `tokenizer.json` and `meta.json` go beside them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from kg.extract.pairs import PAIR_ROWS, SPAN_ROWS
from training.examples import LIMIT
from training.network import MODES, STATUSES, Encoder, ReaderNetwork, Relations
from training.train import encoder_folder

__all__ = ["export"]

Array = np.ndarray[Any, Any]
BITS = 7
"""Of the encoder's weights: with 8, processors without VNNI instructions saturate in sums of products."""
OUTPUTS = (
    "valid",
    "links",
    "meetings",
    "people",
    "kind",
    "together",
    "status",
    "mode",
    "background",
    "several",
)


class _Graph:
    """Nodes and weights of an ONNX graph under construction."""

    def __init__(self, bits: int) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.top = 2 ** (bits - 1) - 1

    def weight(self, name: str, value: Array) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, op: str, inputs: list[str], output: str, **attributes: Any) -> str:
        domain = (
            ""
            if op in {"Gather", "Cast", "Mul", "Add", "Split", "MatMul", "LayerNormalization"}
            else "com.microsoft"
        )
        self.nodes.append(helper.make_node(op, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def linear(self, x: str, module: nn.Linear, name: str) -> str:
        """x · W + b with whole-number weights, a scale for each output."""
        w = _numpy(module.weight).T
        scale = np.maximum(np.abs(w).max(axis=0), 1e-8) / self.top
        whole = np.clip(np.rint(w / scale), -self.top, self.top).astype(np.int8)
        inputs = [
            x,
            self.weight(f"{name}.w", whole),
            self.weight(f"{name}.s", scale.astype(np.float32)),
            self.weight(f"{name}.z", np.zeros(len(scale), dtype=np.int8)),
            self.weight(f"{name}.b", _numpy(module.bias)),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, f"{name}.y")

    def skip(self, x: str, more: str, norm: nn.LayerNorm, name: str) -> str:
        """Layer norm of the sum."""
        gamma, beta = (
            self.weight(f"{name}.g", _numpy(norm.weight)),
            self.weight(f"{name}.e", _numpy(norm.bias)),
        )
        return self.node("SkipLayerNormalization", [x, more, gamma, beta], f"{name}.y", epsilon=1e-12)

    def table(self, ids: str, values: Array, name: str) -> str:
        """Rows of an 8-bit table, a scale for each row."""
        scale = np.maximum(np.abs(values).max(axis=1, keepdims=True), 1e-8) / 127
        rows = self.weight(f"{name}.w", np.rint(values / scale).astype(np.int8))
        scales = self.weight(f"{name}.s", scale.astype(np.float32))
        whole = self.node("Gather", [rows, ids], f"{name}.rows")
        real = self.node("Cast", [whole], f"{name}.float", to=TensorProto.FLOAT)
        return self.node("Mul", [real, self.node("Gather", [scales, ids], f"{name}.scale")], f"{name}.y")


def _numpy(value: Tensor) -> Array:
    return value.detach().float().numpy()


def encoder_graph(encoder: Encoder, bits: int) -> onnx.ModelProto:
    """Inputs ids, case, breaks, places: (1, pieces); outputs vectors (1, pieces, 384), scores (…, 21)."""
    g = _Graph(bits)
    x = g.table("ids", _numpy(encoder.word.weight), "word")
    place = g.weight("place.w", _numpy(encoder.place.weight + encoder.kind))
    parts = [g.node("Gather", [place, "places"], "place.y")]
    for name, module in (("case", encoder.case), ("breaks", encoder.breaks)):
        parts.append(g.node("Gather", [g.weight(f"{name}.w", _numpy(module.weight)), name], f"{name}.y"))
    for i, part in enumerate(parts):
        x = g.node("Add", [x, part], f"sum{i}")
    gamma, beta = (
        g.weight("norm.g", _numpy(encoder.norm.weight)),
        g.weight("norm.e", _numpy(encoder.norm.bias)),
    )
    x = g.node("LayerNormalization", [x, gamma, beta], "embedded", axis=-1, epsilon=1e-12)
    for i, layer in enumerate(encoder.layers):
        qkv = g.linear(x, layer.qkv, f"l{i}.qkv")
        names = [f"l{i}.{k}" for k in "qkv"]
        g.nodes.append(helper.make_node("Split", [qkv], names, name=f"l{i}.split", axis=2, num_outputs=3))
        a = g.node("MultiHeadAttention", names, f"l{i}.a", num_heads=layer.heads)
        x = g.skip(x, g.linear(a, layer.out, f"l{i}.out"), layer.norm1, f"l{i}.n1")
        up = g.node("Gelu", [g.linear(x, layer.up, f"l{i}.up")], f"l{i}.gelu")
        x = g.skip(x, g.linear(up, layer.down, f"l{i}.down"), layer.norm2, f"l{i}.n2")
    g.nodes[-1].output[0] = "vectors"
    scores = g.node("MatMul", ["vectors", g.weight("tag.w", _numpy(encoder.tagger.weight).T)], "tag.m")
    g.node("Add", [scores, g.weight("tag.b", _numpy(encoder.tagger.bias))], "scores")
    inputs = [
        helper.make_tensor_value_info(n, TensorProto.INT64, [1, "pieces"])
        for n in ("ids", "case", "breaks", "places")
    ]
    outputs = [
        helper.make_tensor_value_info(
            "vectors", TensorProto.FLOAT, [1, "pieces", encoder.norm.weight.shape[0]]
        ),
        helper.make_tensor_value_info(
            "scores", TensorProto.FLOAT, [1, "pieces", encoder.tagger.out_features]
        ),
    ]
    graph = helper.make_graph(g.nodes, "encoder", inputs, outputs, g.weights)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


class _Flat(nn.Module):
    """`Relations` with a tuple for its result, as the exporter wants it."""

    def __init__(self, relations: Relations) -> None:
        super().__init__()
        self.relations = relations

    def forward(
        self, pooled: Tensor, spans: Tensor, pairs: Tensor, triggers: Tensor, persons: Tensor
    ) -> tuple[Tensor, ...]:
        related = self.relations(pooled, spans, pairs, triggers, persons)
        return tuple(getattr(related, name) for name in OUTPUTS)


def relations_graph(relations: Relations, path: Path) -> onnx.ModelProto:
    """Inputs pooled, spans, pairs, triggers as `Relations.forward`; outputs by name."""
    n = 7
    example = (
        torch.randn(n, 3 * 384),
        torch.randint(0, SPAN_ROWS, (n, 4)),
        torch.randint(0, PAIR_ROWS, (n, n, 5)),
        torch.tensor([0, 3, 5]),
        torch.tensor([1, 2]),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Flat(relations).eval(),
            example,
            str(path),
            dynamo=False,
            opset_version=17,
            input_names=["pooled", "spans", "pairs", "triggers", "persons"],
            output_names=list(OUTPUTS),
            dynamic_axes={
                "pooled": {0: "n"},
                "spans": {0: "n"},
                "pairs": {0: "n", 1: "n"},
                "triggers": {0: "t"},
                "persons": {0: "p"},
            },
        )
    model = onnx.load(str(path))
    _halve(model)
    return model


def _halve(model: onnx.ModelProto) -> None:
    """Keep large weights as 16-bit floats, widened again when the file is opened."""
    casts = []
    for weight in model.graph.initializer:
        value = numpy_helper.to_array(weight)
        if value.dtype != np.float32 or value.size < 256:
            continue
        name = weight.name
        weight.CopyFrom(numpy_helper.from_array(value.astype(np.float16), f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def export(model: Path, out: Path, *, bits: int = BITS) -> None:
    """Write encoder.onnx, relations.onnx, tokenizer.json and meta.json to `out`."""
    net = ReaderNetwork()
    net.load_state_dict(torch.load(model, weights_only=True))
    net.eval()
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(encoder_graph(net.encoder, bits), str(out / "encoder.onnx"))
    relations = relations_graph(net.relations, out / "relations.onnx")
    onnx.save(relations, str(out / "relations.onnx"))
    shutil.copy(encoder_folder() / "tokenizer.json", out / "tokenizer.json")
    digest = hashlib.sha256()
    for name in ("encoder.onnx", "relations.onnx", "tokenizer.json"):
        digest.update((out / name).read_bytes())
    calibration = model.with_name("calibration.json")
    meta = {
        "version": digest.hexdigest()[:12],
        "limit": LIMIT,
        "statuses": [s.value for s in STATUSES],
        "modes": [m.value if m else None for m in MODES],
        "temperatures": json.loads(calibration.read_text()) if calibration.exists() else {},
    }
    (out / "meta.json").write_text(json.dumps(meta, indent=1) + "\n")
    size = sum(p.stat().st_size for p in out.iterdir()) / 1e6
    sys.stderr.write(f"{out}: {size:.1f} MB\n")


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--bits", type=int, default=BITS)
    args = parser.parse_args()
    export(args.model, args.out, bits=args.bits)
    return 0


if __name__ == "__main__":
    sys.exit(main())

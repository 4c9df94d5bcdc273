"""The reader's network: encoder and tagger over windows, then a second stage over an article's spans.

`Encoder` is MiniLM (BERT, 6 layers, 384 wide) with two small tables added to its input: how each
word is written, and where lines and paragraphs begin. `Relations` sees the spans of a whole article
at once: attention over spans with a bias from pair features, then for each trigger a first guess of
the spans that tell of its meeting, then a second one that knows the first (of this span, of the
spans that name the same people, and of the meeting so far).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.pairs import PAIR_ROWS, SPAN_ROWS, TAGS
from kg.extract.windows import BREAKS, CASES
from kg.model import Mode, Status

__all__ = ["LABELS", "MODES", "STATUSES", "Encoder", "ReaderNetwork", "Related", "Relations"]

STATUSES: tuple[Status, ...] = tuple(Status)
MODES: tuple[Mode | None, ...] = (*Mode, None)
LABELS = 1 + 2 * len(TAGS)
"""0 outside, then for each tag one label for its first word and one for further words."""
WIDE = 256
PAIR = 48
HEADS = 4


class Layer(nn.Module):
    """One BERT layer (post-norm)."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: (windows, pieces, width); mask: True where a piece stands."""
        b, n, w = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        # In 32 bits: the fused kernel is slower in 16.
        a = functional.scaled_dot_product_attention(
            q.float(), k.float(), v.float(), attn_mask=mask[:, None, None, :]
        )
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, n, w))))
        y: Tensor = self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))
        return y


class Encoder(nn.Module):
    """Word pieces in windows → vectors of 384 and label scores, a piece."""

    def __init__(self, *, layers: int = 6, width: int = 384) -> None:
        super().__init__()
        self.word = nn.Embedding(30522, width)
        self.place = nn.Embedding(512, width)
        self.kind = nn.Parameter(torch.zeros(width))
        self.case = nn.Embedding(CASES, width)
        self.breaks = nn.Embedding(BREAKS, width)
        self.word.weight.requires_grad_(False)  # keeps rare names apart, and saves a third of the time
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.breaks.weight)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, 12, 4 * width) for _ in range(layers))
        self.tagger = nn.Linear(width, LABELS)
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: Tensor, case: Tensor, breaks: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """All inputs (windows, pieces) → vectors (…, 384), label scores (…, LABELS)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.word(ids) + self.place(places) + self.kind + self.case(case) + self.breaks(breaks)
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x.float(), self.tagger(self.drop(x)).float()

    def start_from(self, folder: Path) -> None:
        """Take over the weights of the published MiniLM."""
        from safetensors.torch import load_file

        w = load_file(folder / "model.safetensors")
        config = json.loads((folder / "config.json").read_text())
        if config["hidden_size"] != self.norm.weight.shape[0]:
            raise ValueError(f"{folder}: another width of encoder")
        with torch.no_grad():
            self.word.weight.copy_(w["embeddings.word_embeddings.weight"])
            self.place.weight.copy_(w["embeddings.position_embeddings.weight"])
            self.kind.copy_(w["embeddings.token_type_embeddings.weight"][0])
            _copy(self.norm, w, "embeddings.LayerNorm")
            for i, layer in enumerate(self.layers):
                at = f"encoder.layer.{i}"
                for end in ("weight", "bias"):
                    three = [w[f"{at}.attention.self.{p}.{end}"] for p in ("query", "key", "value")]
                    getattr(layer.qkv, end).copy_(torch.cat(three))
                _copy(layer.out, w, f"{at}.attention.output.dense")
                _copy(layer.norm1, w, f"{at}.attention.output.LayerNorm")
                _copy(layer.up, w, f"{at}.intermediate.dense")
                _copy(layer.down, w, f"{at}.output.dense")
                _copy(layer.norm2, w, f"{at}.output.LayerNorm")


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.get_parameter("weight").copy_(weights[f"{name}.weight"])
    module.get_parameter("bias").copy_(weights[f"{name}.bias"])


@dataclass(frozen=True, slots=True)
class Related:
    """Scores (logits) of the second stage for one article: t triggers, n spans."""

    valid: Tensor
    """(n)"""
    first: Tensor
    """(t, n): links, first guess."""
    links: Tensor
    """(t, n)"""
    meetings: Tensor
    """(t, t): same meeting."""
    people: Tensor
    """(p, p, 4): nobody in common, the same, first within second, second within first."""
    kind: Tensor
    """(n, 3): a person, a group, several people; for participants."""
    together: Tensor
    """(n, n): tell of one meeting."""
    status: Tensor
    """(t, 7)"""
    mode: Tensor
    """(t, 4)"""
    background: Tensor
    """(t)"""
    several: Tensor
    """(t)"""


class SpanLayer(nn.Module):
    """Attention over the spans of an article (pre-norm), biased by how pairs stand."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(WIDE)
        self.qkv = nn.Linear(WIDE, 3 * WIDE)
        self.bias = nn.Linear(PAIR, HEADS)
        self.out = nn.Linear(WIDE, WIDE)
        self.norm2 = nn.LayerNorm(WIDE)
        self.up = nn.Linear(WIDE, 2 * WIDE)
        self.down = nn.Linear(2 * WIDE, WIDE)
        self.drop = nn.Dropout(0.2)

    def forward(self, x: Tensor, pairs: Tensor) -> Tensor:
        """x: (n, WIDE); pairs: (n, n, PAIR)."""
        q, k, v = self.qkv(self.norm1(x)).view(-1, 3, HEADS, WIDE // HEADS).permute(1, 2, 0, 3)
        scores = q @ k.transpose(1, 2) / (WIDE // HEADS) ** 0.5 + self.bias(pairs).permute(2, 0, 1)
        a = torch.softmax(scores, dim=-1) @ v
        x = x + self.drop(self.out(a.transpose(0, 1).reshape(-1, WIDE)))
        y: Tensor = x + self.drop(self.down(functional.gelu(self.up(self.norm2(x)))))
        return y


class PairScorer(nn.Module):
    """Scores of (left, right) pairs from both vectors, their product and the pair's features."""

    def __init__(self, extra: int, outputs: int, inner: int = 128) -> None:
        super().__init__()
        self.left = nn.Linear(WIDE, inner)
        self.right = nn.Linear(WIDE, inner, bias=False)
        self.times_left = nn.Linear(WIDE, inner)
        self.times_right = nn.Linear(WIDE, inner)
        self.mix = nn.Linear(inner, inner, bias=False)
        self.pair = nn.Linear(PAIR + extra, inner, bias=False)
        self.score = nn.Linear(inner, outputs)
        self.drop = nn.Dropout(0.2)

    def forward(self, left: Tensor, right: Tensor, pairs: Tensor) -> Tensor:
        """(a, WIDE), (b, WIDE), (a, b, PAIR + extra) → (a, b, outputs)."""
        product = self.times_left(left)[:, None] * self.times_right(right)[None]
        h = self.left(left)[:, None] + self.right(right)[None] + self.mix(product) + self.pair(pairs)
        y: Tensor = self.score(self.drop(functional.gelu(h)))
        return y


class Relations(nn.Module):
    """Spans of one article → how they belong together."""

    def __init__(self) -> None:
        super().__init__()
        self.take = nn.Linear(3 * 384, WIDE)
        self.features = nn.Embedding(SPAN_ROWS, WIDE)
        self.pair_features = nn.Embedding(PAIR_ROWS, PAIR)
        nn.init.normal_(self.features.weight, std=0.05)
        nn.init.normal_(self.pair_features.weight, std=0.3)
        self.norm = nn.LayerNorm(WIDE)
        self.layers = nn.ModuleList(SpanLayer() for _ in range(2))
        self.last = nn.LayerNorm(WIDE)
        self.valid = nn.Linear(WIDE, 1)
        self.kind = nn.Linear(WIDE, 3)
        self.first = PairScorer(0, 1)
        self.people = PairScorer(0, 4)
        self.meetings = PairScorer(0, 1)
        self.together = PairScorer(0, 1, 48)
        self.gather = nn.Linear(WIDE, WIDE)
        self.about = nn.Sequential(nn.Linear(2 * WIDE, WIDE), nn.GELU(), nn.Dropout(0.2))
        self.second = PairScorer(4, 1)
        self.facts = nn.Linear(WIDE, len(STATUSES) + len(MODES) + 2)
        self.drop = nn.Dropout(0.2)

    def forward(
        self, pooled: Tensor, spans: Tensor, pairs: Tensor, triggers: Tensor, persons: Tensor
    ) -> Related:
        """pooled (n, 1152), span rows (n, 4), pair rows (n, n, 5), indices of triggers (t), people (p)."""
        x = self.norm(self.take(self.drop(pooled)) + self.features(spans).sum(1))
        e = self.pair_features(pairs).sum(2)
        for layer in self.layers:
            x = layer(x, e)
        x = self.last(x)
        t = x[triggers]
        et = e[triggers]
        valid = self.valid(x).squeeze(-1)
        first = self.first(t, x, et).squeeze(-1)
        people = self.people(x[persons], x[persons], e[persons][:, persons])
        share = torch.sigmoid(first)
        around = share @ self.gather(x) / (1 + share.sum(1, keepdim=True))
        about = t + self.about(torch.cat([t, around], dim=1))
        same = torch.softmax(people, dim=-1)
        alike = same[..., 1] + 0.5 * (same[..., 2] + same[..., 3])
        of_persons = share[:, persons]
        where = (persons[:, None] == torch.arange(x.shape[0])[None]).float()
        others = share * (1 - where.sum(0))
        each = of_persons[:, :, None] * alike[None]
        nobody = each.new_zeros(each.shape[0], 1, each.shape[2])  # an article may name no participant
        told = torch.cat([nobody, each], dim=1).amax(1) @ where + others
        mean = ((of_persons @ alike) / (alike.sum(0) + 1e-3)) @ where + others
        sure = torch.sigmoid(valid)[None].expand_as(first)
        extra = torch.stack([first, told, mean, sure], dim=-1)
        links = self.second(about, x, torch.cat([et, extra], dim=-1)).squeeze(-1)
        facts = self.facts(self.drop(about))
        kinds = [len(STATUSES), len(MODES), 1, 1]
        status, mode, background, several = facts.split(kinds, dim=-1)
        return Related(
            valid=valid,
            first=first,
            links=links,
            meetings=self.meetings(about, about, et[:, triggers]).squeeze(-1),
            people=people,
            kind=self.kind(x),
            together=self.together(x, x, e).squeeze(-1),
            status=status,
            mode=mode,
            background=background.squeeze(-1),
            several=several.squeeze(-1),
        )


class ReaderNetwork(nn.Module):
    """Both stages."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.relations = Relations()

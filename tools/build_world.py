"""Make `kg/draw/assets/world.json` from Natural Earth's countries at 1:110m (public domain).

`python tools/build_world.py ne_110m_admin_0_countries.shp`: reads the shapes with pyshp, rounds to a tenth
of a degree, leaves the Antarctic out, and writes one GeoJSON MultiPolygon. The file is in git: the package
needs neither the shapes nor pyshp. They are, for example, in the wheel of geopandas before 1.0
(`geopandas/datasets/naturalearth_lowres`).
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

import shapefile

TARGET = Path(__file__).resolve().parent.parent / "kg" / "draw" / "assets" / "world.json"
SOUTH = -60.0


def main(source: str) -> None:
    """Write the outline; prints its size."""
    polygons = []
    for shape in shapefile.Reader(source).shapes():
        bounds = [*shape.parts, len(shape.points)]
        for start, end in pairwise(bounds):
            ring = [[round(x, 1), round(y, 1)] for x, y in shape.points[start:end]]
            kept = [point for at, point in enumerate(ring) if at == 0 or point != ring[at - 1]]
            # rings run clockwise, as shapes have it and d3 wants it; holes (lakes, enclaves) are left out
            area = sum(one[0] * other[1] - other[0] * one[1] for one, other in pairwise(kept))
            if len(kept) > 3 and area < 0 and max(y for _, y in kept) > SOUTH:
                polygons.append([kept])
    text = json.dumps({"type": "MultiPolygon", "coordinates": polygons}, separators=(",", ":"))
    TARGET.write_text(text.replace(".0,", ",").replace(".0]", "]") + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(polygons)} rings, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1])

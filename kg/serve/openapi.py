"""The endpoint's description for programs that read OpenAPI."""

from __future__ import annotations

from typing import Any

from kg import __version__
from kg.serve.negotiate import GRAPHS, ROWS

__all__ = ["openapi"]

Json = dict[str, Any]


def openapi() -> Json:
    """The OpenAPI 3.1 document of the addresses that programs use."""
    text = {"text/plain": {"schema": {"type": "string"}}}
    answers: Json = {
        "200": {
            "description": "the result",
            "content": {kind: {} for kind in dict.fromkeys((*ROWS, *GRAPHS))},
        },
        "400": {"description": "malformed, forbidden or too slow", "content": text},
        "406": {"description": "no such format", "content": text},
    }
    post = answers | {
        "403": {"description": "updates are refused", "content": text},
        "413": {"description": "too large", "content": text},
        "415": {"description": "not a form of the protocol", "content": text},
    }
    query = {"name": "query", "in": "query", "required": True, "schema": {"type": "string", "minLength": 1}}
    paths: Json = {
        "/sparql": {
            "get": {"operationId": "query", "parameters": [query], "responses": answers},
            "post": {
                "operationId": "queryByPost",
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/sparql-query": {"schema": {"type": "string"}},
                        "application/x-www-form-urlencoded": {
                            "schema": {
                                "type": "object",
                                "required": ["query"],
                                "properties": {"query": {"type": "string"}},
                            }
                        },
                    },
                },
                "responses": post,
            },
        },
        "/id/{path}": {"get": _get("thing", ("path", "path"), answers | {"404": {"description": "unknown"}})},
        "/search": {
            "get": _get(
                "search", ("q", "query"), {"200": {"description": "a page", "content": {"text/html": {}}}}
            )
        },
        "/health": {
            "get": {"operationId": "health", "responses": {"200": {"description": "fine", "content": text}}}
        },
        "/metrics": {
            "get": {
                "operationId": "metrics",
                "responses": {"200": {"description": "figures", "content": text}},
            }
        },
    }
    return {"openapi": "3.1.0", "info": {"title": "dipmeet", "version": __version__}, "paths": paths}


def _get(name: str, parameter: tuple[str, str], responses: Json) -> Json:
    key, place = parameter
    found = {"name": key, "in": place, "required": True, "schema": {"type": "string"}}
    return {"operationId": name, "parameters": [found], "responses": responses}

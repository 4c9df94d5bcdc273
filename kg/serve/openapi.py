"""The endpoint's description for programs that read OpenAPI."""

from __future__ import annotations

from typing import Any

from kg import __version__
from kg.serve.negotiate import GRAPHS, ROWS

__all__ = ["openapi"]

Json = dict[str, Any]


def openapi(*, ingest: bool = False, token: bool = False) -> Json:
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
    page = {"description": "the result; without a query, the service description or a page"}
    described = answers | {"200": {**answers["200"], **page}}
    described["200"]["content"] = {**answers["200"]["content"], "text/html": {}}
    post = answers | {
        "403": {"description": "updates are refused", "content": text},
        "413": {"description": "too large", "content": text},
        "415": {"description": "not a form of the protocol", "content": text},
    }
    query = {
        "name": "query",
        "in": "query",
        "required": False,
        "schema": {"type": "string", "minLength": 1},
        "example": "ASK { ?m a dm:Meeting }",
    }
    paths: Json = {
        "/sparql": {
            "get": {"operationId": "query", "parameters": [query], "responses": described},
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
        "/id/{path}": {
            "get": _get(
                "thing",
                ("path", "path"),
                described | {"404": {"description": "unknown", "content": {"text/html": {}}}},
            )
        },
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
    if ingest:
        paths["/ingest"] = {"post": _ingest()}
    told: Json = {"openapi": "3.1.0", "info": {"title": "dipmeet", "version": __version__}, "paths": paths}
    if token:
        told["components"] = {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}
        told["security"] = [{"token": []}]
        for methods in paths.values():
            for operation in methods.values():
                operation["responses"] |= {
                    "401": {"description": "no or a wrong token", "content": text},
                    "429": {"description": "too many wrong tokens or requests", "content": text},
                }
    return told


def _ingest() -> Json:
    text = {"text/plain": {"schema": {"type": "string"}}}
    figures = ("read", "unchanged", "replaced", "without_meetings", "meetings", "visits")
    article = {
        "type": "object",
        "required": ["text"],
        "properties": {
            each: {"type": "string"} for each in ("text", "title", "url", "published", "publisher")
        },
    }
    said = {
        "name": "what tells a new version of an article from another article",
        "published": "day of publication, 2023-06-19",
    }
    return {
        "operationId": "ingest",
        "parameters": [
            {"name": name, "in": "query", "description": told, "schema": {"type": "string"}}
            for name, told in said.items()
        ],
        "requestBody": {
            "required": True,
            "content": {
                "text/plain": {"schema": {"type": "string"}},
                "text/html": {"schema": {"type": "string"}},
                "application/json": {"schema": article},
            },
        },
        "responses": {
            "200": {
                "description": "what was done",
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "properties": {each: {"type": "integer"} for each in figures},
                        }
                    }
                },
            },
            "400": {"description": "no article", "content": text},
            "408": {"description": "too slow", "content": text},
            "413": {"description": "too large", "content": text},
            "415": {"description": "neither text, HTML nor JSON", "content": text},
            "503": {"description": "another program is writing", "content": text},
        },
    }


def _get(name: str, parameter: tuple[str, str], responses: Json) -> Json:
    key, place = parameter
    found = {"name": key, "in": place, "required": True, "schema": {"type": "string"}}
    return {"operationId": name, "parameters": [found], "responses": responses}

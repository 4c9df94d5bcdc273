"""`kg serve`: the graph over HTTP."""

from __future__ import annotations

import click

from kg.cli.options import store_option

__all__ = ["serve"]


@click.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Port.")
@click.option("--token", envvar="KG_TOKEN", help="Let only those in who carry it. Also: KG_TOKEN.")
@click.option("--cors", metavar="ORIGIN", help="Web pages that may read answers; * for any. Default: none.")
@click.option("--timeout", type=float, default=30.0, show_default=True, help="Seconds of work a query.")
@click.option("--workers", type=click.IntRange(1), default=4, show_default=True, help="Queries at a time.")
@click.option("--rate", type=float, default=0.0, help="Requests a second from one address; 0: any number.")
@click.option(
    "--allow-ingest", is_flag=True, help="Let those who carry the token add articles: POST /ingest."
)
@click.option("--mcp", is_flag=True, help="Instead of HTTP: tools for an assistant, over stdin and stdout.")
def serve(
    store: str,
    host: str,
    port: int,
    token: str | None,
    cors: str | None,
    timeout: float,
    workers: int,
    rate: float,
    allow_ingest: bool,
    mcp: bool,
) -> None:
    """Serve the graph: a SPARQL endpoint, and pages to read.

    The endpoint is /sparql; every meeting, person and article has a page. New articles show
    within seconds of their ingest. It only reads, unless --allow-ingest. Stop it with Ctrl-C.

    \b
    Examples:
      kg serve
      kg serve --store talks --port 9000 --token "$(openssl rand -hex 16)"
      kg serve --store talks --mcp
    """
    from kg.serve import Settings, serve_mcp
    from kg.serve import serve as run

    settings = Settings(
        store=store,
        host=host,
        port=port,
        token=token,
        cors=cors,
        timeout=timeout,
        workers=workers,
        rate=rate,
        allow_ingest=allow_ingest,
    )
    if mcp:
        serve_mcp(settings)
        return
    click.echo(f"http://{host}:{port}/ (Ctrl-C ends it)", err=True)
    run(settings)

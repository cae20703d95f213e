"""`brief eval`: quality figures of runs, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import ExitCode, InputError
from .console import check_writable, errors_as_sentences, say, write_result
from .documents import Kind, own_kind
from .options import AsJson, KindsDir


def evaluate(
    run: Annotated[
        Path,
        typer.Argument(
            metavar="RUN",
            help="A folder or .jsonl file of documents, or a .jsonl file of pairs with src, mt and maybe ref.",
        ),
    ],
    against: Annotated[
        list[Path] | None,
        typer.Option("--against", "-a", metavar="OTHER", help="A run to compare with; any number.", show_default=False),
    ] = None,
    references: Annotated[
        Path | None,
        typer.Option(
            "--references",
            metavar="FILE",
            help="A person's English for documents: .jsonl with src and ref, or a folder of texts named as the articles.",
            show_default=False,
        ),
    ] = None,
    source_field: Annotated[str, typer.Option(help="Of a pair, the German.")] = "src",
    target_field: Annotated[str, typer.Option(help="Of a pair, the English.")] = "mt",
    reference_field: Annotated[str, typer.Option(help="Of a pair, a person's English.")] = "ref",
    kind: Kind = None,
    kinds_dir: KindsDir = None,
    resamples: Annotated[int, typer.Option(min=100, max=100_000, help="Of the bootstrap.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Of the bootstrap.")] = 12345,
    rules_only: Annotated[bool, typer.Option("--rules-only", help="Check pairs without sentence vectors.")] = False,
    as_json: AsJson = False,
    page: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FILE", help="Also a page, with the sentences that differ most.", show_default=False
        ),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more on stderr, with tracebacks.")] = False,
) -> None:
    """Print quality figures of a run, or of several side by side with paired bootstrap intervals; no model is asked.

    Exit codes: 0 all done, 2 wrong input (what is no pair or document is named, and the rest evaluated), 4 the extra
    `eval` is missing.
    """
    with errors_as_sentences(verbose=verbose):
        from ..evaluate import report
        from ..evaluate.compare import compare
        from ..evaluate.runs import read_runs
        from ..verify import Columns

        paths = [run, *(against or [])]
        if page is not None:
            for path in [*paths, *([references] if references else [])]:
                check_writable(page, str(path), "--html")
        columns = Columns(source_field, target_field, reference_field)
        own = own_kind(kind, kinds_dir)
        runs = read_runs(
            paths, columns, say, vectors=not rules_only, kind=own, kinds_dir=kinds_dir, references=references
        )
        checked = next((one.name for one in runs if one.of == "documents"), None)
        if rules_only and checked:
            raise InputError(
                f"{checked} holds documents, which were checked when they were made: leave --rules-only out."
            )
        comparison = compare(runs, resamples=resamples, seed=seed)
        if page is not None:
            write_result(report.page(comparison, runs), page)
        shown = comparison.model_dump_json(indent=2) if as_json else report.table(comparison)
        write_result(shown + "\n", None)
        if any(one.bad for one in runs):
            raise typer.Exit(ExitCode.BAD_INPUT)

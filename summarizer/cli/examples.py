"""What stands below a command's options in its `--help`: ways to call it, each with what it is for."""

from __future__ import annotations

from typing import Final

EXAMPLES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "": (
        ("brief article.txt", "a readable brief with the translation"),
        ("brief article.txt > brief.json", "the document as JSON"),
        ("cat article.txt | brief - -o brief.md", "from standard input, as Markdown"),
        ("brief article.txt --provider ollama --model gemma3:12b", "with a model of your own server"),
        ("brief article.txt --kind security --brief-only", "another kind of brief, without the translation"),
    ),
    "translate": (
        ("brief translate article.txt -o article.html", "a page with both languages side by side"),
        ("brief translate article.pdf -f xliff -o article.xlf", "for a translator's tool"),
        ("brief translate article.txt --glossary terms.csv --memory old.tmx", "in your own words"),
        ("brief translate article.txt --stream --effort fast", "each sentence as soon as it is there"),
    ),
    "batch": (
        ("brief batch articles/ -o briefs/", "a folder; the same again goes on where it stopped"),
        ("brief batch articles/ -o briefs/ --dry-run", "how many, and what they would cost"),
        ("brief batch articles/ -o briefs/ --retry-failed", "what failed, once more"),
        ("brief batch archive.jsonl -o briefs.jsonl --text-field body --id-field id", "a table"),
        ("brief batch https://example.org/feed.rss -o briefs/ -f html", "a feed, as pages with an index"),
        ("brief batch articles/ -o briefs/ -j 64 --budget 5USD", "64 requests in flight, and an end"),
    ),
    "batch status": (
        ("brief batch status briefs/", "a table, also while the batch runs"),
        ("brief batch status briefs/ --json", "for programs"),
    ),
    "batch submit": (
        ("brief batch submit articles/ -o briefs/", "send the requests"),
        ("brief batch submit articles/ -o briefs/ --to-file requests.jsonl", "write them, for vllm run-batch"),
    ),
    "batch collect": (
        ("brief batch collect briefs/", "what is there; send what comes next"),
        ("brief batch collect briefs/ --wait", "until all is there"),
        ("brief batch collect briefs/ --from-file answers.jsonl", "answers of vllm run-batch"),
    ),
    "convert": (
        ("brief convert brief.json -o brief.html", "a page to read, print and forward"),
        ("brief convert brief.json -f docx -o brief.docx", "for Word"),
        ("brief convert brief.json -f xliff -o brief.xlf", "for a translator's tool"),
    ),
    "import": (
        ("brief import reviewed.xlf brief.json -o reviewed.json", "sentences marked as reviewed, or changed"),
        ("brief import reviewed.xlf brief.json --all -o reviewed.html", "all of them, as a page"),
    ),
    "check": (
        ("brief check -s article.txt -t english.txt", "anybody's translation of an article"),
        ("brief check -p pairs.jsonl --fail-on error", "sentence pairs; exit code 1 if one is wrong"),
        ("brief check -d brief.json", "a document, once more"),
    ),
    "eval": (
        ("brief eval briefs/", "figures of a run, without references"),
        ("brief eval new/ --against old/ --html compared.html", "two runs, and where they differ most"),
        ("brief eval briefs/ --references english.jsonl", "chrF and BLEU beside a person's English"),
    ),
    "index": (("brief index briefs/", "a page for each document, and index.html"),),
    "export": (
        ("brief export briefs/ --table claims > claims.csv", "all statements with their evidence"),
        ("brief export briefs/ -t entities -o names.parquet", "people, organisations and places"),
    ),
    "schema": (
        ("brief schema news", "of the brief"),
        ("brief schema news --document > document.schema.json", "of the whole document"),
    ),
    "prompts": (("brief prompts", "all, with their versions"),),
    "prompts show": (("brief prompts show translate", "what a model is asked for a translation"),),
    "prompts export": (
        ("brief prompts export my-prompts translate", "then: brief article.txt --prompts-dir my-prompts"),
    ),
    "validate": (
        ("brief validate briefs/*.json", "schema, evidence, ids and offsets"),
        ("brief validate -q briefs/*.json", "only what is wrong"),
    ),
    "upgrade": (("brief upgrade briefs/*.json", "files of an older version, in place"),),
    "models": (
        ("brief models", "the built-in one, pulled ones, and servers on this machine"),
        ("brief models --provider openai", "what an endpoint has"),
    ),
    "models pull": (("brief models pull gemma3-4b", "with its size and licence"),),
    "models remove": (("brief models remove gemma3-4b", "free its space"),),
    "doctor": (
        ("brief doctor", "what is configured"),
        ("brief doctor --provider ollama --model gemma3:12b", "another endpoint"),
    ),
    "kinds": (("brief kinds", "all, with what they are for"),),
    "kinds new": (
        ("brief kinds new court", "court.py and court.j2, to be changed"),
        ("brief kinds new court --in yaml", "a plain schema instead of a class"),
    ),
    "kinds check": (("brief kinds check ./court.py", "before it costs a batch"),),
}
"""By command, as it is typed behind `brief`."""


_COLUMNS: Final = 78
"""Of a terminal, within the margin that help texts have."""


def examples(name: str) -> str:
    """Return a command's examples as text for its `--help`: purposes beside their calls where there is room, else below."""
    calls = EXAMPLES[name]
    width = max(
        (len(call) for call, purpose in calls if len(call) + len(purpose) + 4 <= _COLUMNS),
        default=0,
    )
    lines = [
        f"  {call:<{width}}  {purpose}"
        if max(width, len(call)) + len(purpose) + 4 <= _COLUMNS
        else f"  {call}\n      {purpose}"
        for call, purpose in calls
    ]
    return "\n".join(["\b", "Examples:", *lines])

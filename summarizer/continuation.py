"""Translation by models that only continue text: few-shot, sentence by sentence, the best of several versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from . import choice, prompts
from .article import Sentence
from .checks import Pair
from .concurrency import pooled
from .confidence import Assessment, assess
from .draft import Advance, Draft, pair
from .errors import EndpointError, InvalidAnswerError
from .llm.model import Completion, Message, Model
from .pieces import answer_tokens
from .providers import Effort

ROUNDS: Mapping[Effort, tuple[int, ...]] = {"fast": (), "normal": (8, 8), "best": (16,)}
"""Samples that a completion model's likeliest answer is compared with; at `normal` a round only while the best is doubtful."""
SAMPLE_TEMPERATURE = 0.5
"""Measured: at 0.8 samples are worse throughout."""

_LINE_END = ("\n",)


async def by_example(
    draft: Draft, model: Model, sentences: Sequence[Sentence], effort: Effort, advance: Advance
) -> None:
    """Fill `draft` with sentences, few-shot and one by one: what is chosen among as many versions as `effort` says."""
    calls = (partial(_example, draft, model, sentence, effort, advance) for sentence in sentences)
    await pooled(calls, model.concurrency)


async def _example(draft: Draft, model: Model, sentence: Sentence, effort: Effort, advance: Advance) -> None:
    """Translate one sentence: the likeliest continuation, or what is chosen among it and samples."""
    if draft.down:
        draft.fail([sentence], draft.down)
        return
    examples = draft.memory.near(sentence.text) if draft.memory else []
    messages = prompts.of(model, "translate").render(sentence=sentence.text, examples=examples)
    pool = _Pool(draft, sentence)
    try:
        pool.add([await likeliest(model, messages, sentence.text, compared=bool(ROUNDS[effort]))])
        drawn = 0
        for count in ROUNDS[effort]:
            if effort == "normal" and pool.sure():
                break
            pool.add(await samples(model, messages, sentence.text, count, after=drawn))
            drawn += count
    except EndpointError as error:
        draft.fail([sentence], error)
        return
    if pool.candidates:
        advance({sentence.id: pool.best().text})
    else:
        draft.fail([sentence], InvalidAnswerError(f"{model.name!r} answered with an empty text."))


class _Pool:
    """The candidates for one sentence, without empty ones, and what the checks say of them once that is asked."""

    def __init__(self, draft: Draft, sentence: Sentence) -> None:
        self.candidates: list[Completion] = []
        self._pair = partial(pair, draft.article, sentence, glossary=draft.glossary)
        self._pairs: list[Pair] = []
        self._assessments: list[Assessment] = []

    def add(self, completions: Iterable[Completion]) -> None:
        self.candidates += [completion for completion in completions if completion.text]

    def best(self) -> Completion:
        """Return the best of the candidates, of which there must be one; a single one is not looked at."""
        return self.candidates[self._best() if len(self.candidates) > 1 else 0]

    def sure(self) -> bool:
        """Tell whether the best so far is likely right."""
        return bool(self.candidates) and choice.sure(self._assessments[self._best()])

    def _best(self) -> int:
        new = [self._pair(target=candidate.text) for candidate in self.candidates[len(self._pairs) :]]
        self._pairs += new
        self._assessments += assess(new)
        return choice.best(self._pairs, self._assessments, [candidate.logprob for candidate in self.candidates])


async def likeliest(model: Model, messages: Sequence[Message], source: str, *, compared: bool = True) -> Completion:
    """Return the English that a completion model holds likeliest after a prompt that ends with this German.

    Its log-probability comes with it only if it may be compared with samples.
    """
    limit = answer_tokens([source])
    return await model.complete(messages, max_tokens=limit, stop=_LINE_END, logprob=compared)


async def samples(
    model: Model, messages: Sequence[Message], source: str, count: int, *, after: int = 0
) -> list[Completion]:
    """Return `count` samples, other ones than the first `after`."""
    limit = answer_tokens([source])
    return await model.sample(
        messages, count, after=after, max_tokens=limit, temperature=SAMPLE_TEMPERATURE, stop=_LINE_END
    )

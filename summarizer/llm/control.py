"""Words by which chat templates steer a model; many servers read them in any text that they are sent."""

from __future__ import annotations

import re

# As the chat templates of Llama, Qwen, Phi, gpt-oss, Gemma, DeepSeek, Mistral and their likes spell them. A server on
# one's own machine is told no vocabulary; the built-in one breaks up every control word of its model besides.
_WORDS = re.compile(
    r"<\|[^<>\s]{1,60}>|<[^<>\s|]{1,60}\|>"  # <|im_start|>, <|turn>, <turn|>
    r"|<｜[^<>\s]{1,60}｜>"  # <｜end▁of▁sentence｜>
    r"|</?s>|<(?:bos|eos|pad|unk|mask)>|<(?:start|end)_of_(?:turn|image)>"
    r"|\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|THINK|IMG)\]|<</?SYS>>"
)


def defuse(text: str) -> str:
    """Return a text in which no control word is left, by a space after the first sign of each.

    An article is foreign text: with `<end_of_turn>` in it, it could end its own quotation and speak as somebody else.
    """
    return _WORDS.sub(lambda word: f"{word[0][0]} {word[0][1:]}", text)

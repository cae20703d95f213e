"""Numbers, units and times in German and English text: where they stand and what they are worth."""

from .model import Quantity
from .scan import english_quantities, german_quantities
from .tagger import english_times, german_times
from .times import Mark, TimeExpression

__all__ = [
    "Mark",
    "Quantity",
    "TimeExpression",
    "english_quantities",
    "english_times",
    "german_quantities",
    "german_times",
]

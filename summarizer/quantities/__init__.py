"""Numbers, units and times in German and English text: where they stand and what they are worth."""

from .english import english_times
from .german import german_times
from .model import Quantity
from .scan import english_quantities, german_quantities
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

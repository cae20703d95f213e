"""Numbers, units and times in German and English text: where they stand and what they are worth."""

from .model import Quantity
from .scan import english_quantities, german_quantities

__all__ = ["Quantity", "english_quantities", "german_quantities"]

"""Units and currencies: their German and English names, symbols, and what converts into what."""

from __future__ import annotations

_UNITS: dict[str, str] = {
    "percent": "% prozent v.h. percent pct",
    "percentage point": "prozentpunkt prozentpunkte prozentpunkten",
    "EUR": "€ euro euros eur",
    "USD": "$ dollar dollars usd us-dollar",
    "GBP": "£ pfund pound pounds gbp",
    "CHF": "franken sfr chf franc francs",
    "JPY": "¥ yen jpy",
    "cent": "cent cents ct",
    "km": "km kilometer kilometern kilometers kilometre kilometres",
    "m": "meter metern meters metre metres",
    "cm": "cm zentimeter zentimetern centimeter centimeters centimetre centimetres",
    "mm": "mm millimeter millimetern millimeters millimetre millimetres",
    "mile": "meile meilen mile miles mi",
    "foot": "fuß foot feet ft",
    "inch": "zoll inch inches",
    "yard": "yard yards",
    "kg": "kg kilo kilos kilogramm kilogram kilograms",
    "g": "gramm gram grams",
    "t": "tonne tonnen tonnes ton tons",
    "lb": "lb lbs",
    "ha": "ha hektar hectare hectares",
    "acre": "acre acres",
    "l": "liter litern liters litre litres",
    "km/h": "km/h kmh kph stundenkilometer stundenkilometern",
    "mph": "mph",
    "°C": "°c celsius",
    "°F": "°f fahrenheit",
    "degree": "° grad degree degrees",
    "MW": "mw megawatt megawatts",
    "GW": "gw gigawatt gigawatts",
    "kWh": "kwh kilowattstunde kilowattstunden",
    "second": "sekunde sekunden second seconds sec",
    "minute": "minute minuten minutes min",
    "hour": "stunde stunden hour hours",
    "day": "tag tage tagen day days",
    "week": "woche wochen week weeks",
    "month": "monat monate monaten monats month months",
    "quarter": "quartal quartale quartalen",
    "year": "jahr jahre jahren jahres year years",
    "decade": "jahrzehnt jahrzehnte jahrzehnten decade decades",
    "century": "jahrhundert jahrhunderte jahrhunderten century centuries",
}

UNITS: dict[str, str] = {name: unit for unit, names in _UNITS.items() for name in names.split()}
"""Every name and symbol of a unit, in lower case → the unit."""

SCALES: dict[str, tuple[str, float]] = {
    "second": ("time", 1), "minute": ("time", 60), "hour": ("time", 3600), "day": ("time", 86400),
    "week": ("time", 7 * 86400), "month": ("calendar", 1), "quarter": ("calendar", 3), "year": ("calendar", 12),
    "decade": ("calendar", 120), "century": ("calendar", 1200),
    "mm": ("length", 0.001), "cm": ("length", 0.01), "m": ("length", 1), "km": ("length", 1000),
    "mile": ("length", 1609.344), "foot": ("length", 0.3048), "inch": ("length", 0.0254), "yard": ("length", 0.9144),
    "g": ("mass", 0.001), "kg": ("mass", 1), "t": ("mass", 1000), "lb": ("mass", 0.4536),
    "ha": ("area", 1), "acre": ("area", 0.4047), "km/h": ("speed", 1), "mph": ("speed", 1.609344),
    "MW": ("power", 1), "GW": ("power", 1000),
}  # fmt: skip
"""Unit → (dimension, size): units of one dimension convert into each other."""

CURRENCIES = frozenset({"EUR", "USD", "GBP", "CHF", "JPY"})

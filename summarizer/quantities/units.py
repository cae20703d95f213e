"""Units and currencies: their German and English names and symbols, and what converts into what."""

from __future__ import annotations

_UNITS: dict[str, str] = {
    "percent": "% prozent v.h. percent pct",
    "permille": "‰ promille permille",
    "percentage point": "prozentpunkt prozentpunkte prozentpunkten",
    "EUR": "€ euro euros eur",
    "USD": "$ dollar dollars usd",
    "GBP": "£ pfund pound pounds gbp sterling",
    "CHF": "franken sfr chf franc francs",
    "JPY": "¥ yen jpy",
    "RUB": "rubel rouble roubles ruble rubles",
    "cent": "cent cents ct",
    "km": "km kilometer kilometern kilometers kilometre kilometres",
    "m": "m meter metern meters metre metres",
    "cm": "cm zentimeter zentimetern centimeter centimeters centimetre centimetres",
    "mm": "mm millimeter millimetern millimeters millimetre millimetres",
    "m²": "m² qm quadratmeter quadratmetern",
    "km²": "km² qkm quadratkilometer quadratkilometern",
    "m³": "m³ kubikmeter kubikmetern",
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
    "barrel": "barrel barrels fass fässer fässern",
    "ounce": "unze unzen feinunze feinunzen ounce ounces oz",
    "km/h": "km/h kmh kph stundenkilometer stundenkilometern",
    "mph": "mph",
    "°C": "°c ºc celsius",
    "°F": "°f ºf fahrenheit",
    "degree": "° º grad degree degrees",
    "MW": "mw megawatt megawatts",
    "GW": "gw gigawatt gigawatts",
    "kWh": "kwh kilowattstunde kilowattstunden",
    "second": "sekunde sekunden second seconds",
    "minute": "minute minuten minutes min",
    "hour": "stunde stunden hour hours",
    "day": "tag tage tagen tages day days",
    "week": "woche wochen week weeks",
    "month": "monat monate monaten monats month months",
    "year": "jahr jahre jahren jahres jährige jähriger jährigen jähriges jährig year years",
    "decade": "jahrzehnt jahrzehnte jahrzehnten decade decades",
    "century": "jahrhundert jahrhunderte jahrhunderten century centuries",
}
UNITS: dict[str, str] = {name: unit for unit, names in _UNITS.items() for name in names.split()}
"""Every name and symbol of a unit, in lower case → the unit."""

PHRASES: dict[tuple[str, ...], str] = {
    ("per", "cent"): "percent", ("per", "mille"): "permille", ("percentage", "point"): "percentage point",
    ("percentage", "points"): "percentage point",
    ("us", "-", "dollar"): "USD", ("us", "dollars"): "USD", ("us", "dollar"): "USD", ("schweizer", "franken"): "CHF",
    ("swiss", "francs"): "CHF", ("pfund", "sterling"): "GBP", ("pounds", "sterling"): "GBP",
    ("grad", "celsius"): "°C", ("degrees", "celsius"): "°C", ("°", "celsius"): "°C", ("grad", "fahrenheit"): "°F",
    ("degrees", "fahrenheit"): "°F", ("square", "meters"): "m²", ("square", "metres"): "m²",
    ("square", "kilometers"): "km²", ("square", "kilometres"): "km²", ("square", "miles"): "square mile",
    ("square", "feet"): "square foot", ("cubic", "meters"): "m³", ("cubic", "metres"): "m³",
    ("kilometer", "pro", "stunde"): "km/h", ("kilometern", "pro", "stunde"): "km/h",
    ("kilometers", "per", "hour"): "km/h", ("kilometres", "per", "hour"): "km/h", ("km", "per", "hour"): "km/h",
    ("miles", "per", "hour"): "mph",
}  # fmt: skip
"""Units of several words, in lower case."""

SIZES: dict[str, tuple[str, float]] = {
    "second": ("time", 1), "minute": ("time", 60), "hour": ("time", 3600), "day": ("time", 86400),
    "week": ("time", 7 * 86400), "month": ("calendar", 1), "year": ("calendar", 12), "decade": ("calendar", 120),
    "century": ("calendar", 1200), "mm": ("length", 0.001), "cm": ("length", 0.01), "m": ("length", 1),
    "km": ("length", 1000), "mile": ("length", 1609.344), "foot": ("length", 0.3048), "inch": ("length", 0.0254),
    "yard": ("length", 0.9144), "g": ("mass", 0.001), "kg": ("mass", 1), "t": ("mass", 1000), "lb": ("mass", 0.4536),
    "ounce": ("mass", 0.0311), "l": ("volume", 1), "m³": ("volume", 1000), "barrel": ("volume", 159),
    "m²": ("area", 1), "ha": ("area", 10_000), "km²": ("area", 1e6), "acre": ("area", 4047),
    "square mile": ("area", 2.59e6), "square foot": ("area", 0.0929), "km/h": ("speed", 1), "mph": ("speed", 1.609344),
    "MW": ("power", 1), "GW": ("power", 1000), "percent": ("share", 1), "permille": ("share", 0.1),
}  # fmt: skip
"""Unit → (dimension, size): units of one dimension convert into each other."""

CURRENCY_SIGNS = frozenset("€$£¥")

AMBIGUOUS = (frozenset({"degree", "°C", "°F"}), frozenset({"GBP", "lb", "kg"}))
"""Units whose names overlap: `Grad` may mean either scale, a `pound` money or weight."""

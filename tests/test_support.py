"""How well evidence bears an item: findings and distance of meaning lower its confidence."""

from __future__ import annotations

import pytest

from summarizer import Translation, vectors
from summarizer.document import ItemSupport
from summarizer.support import support_of
from tests.test_checks_brief import ARTICLE, GOOD, NEWS, TRANSLATION, claim


def supported(translation: Translation | None = TRANSLATION, **fields: object) -> dict[str, ItemSupport]:
    found = support_of(NEWS(**fields), ARTICLE, translation)
    return {item.where: item for item in found.items}


def test_a_true_brief_is_borne_out() -> None:
    items = supported(**GOOD)
    assert list(items) == [
        "/headline", "/abstract/0", "/key_points/0", "/key_points/1", "/organisations/0", "/places/0", "/events/0",
        "/figures/0", "/quotations/0",
    ]  # fmt: skip
    assert {item.status for item in items.values()} == {"ok"}
    assert all(item.confidence > 0.7 for item in items.values())


def test_an_error_makes_an_item_doubtful() -> None:
    wrong = claim("The bridge is to cost 5.3 million euros.", "s2")
    items = supported(key_points=[GOOD["key_points"][0], wrong])
    assert [item.status for item in items.values()] == ["ok", "doubtful"]
    assert items["/key_points/1"].confidence < 0.5 < items["/key_points/0"].confidence


def test_findings_come_along() -> None:
    found = support_of(NEWS(key_points=[claim("It rains.", "s99")]), ARTICLE, TRANSLATION)
    assert [finding.code for finding in found.findings] == ["evidence.unknown"]
    assert found.items[0].similarity is None


@pytest.mark.skipif(not vectors.available(), reason="the encoder (extra `local`) is not installed")
def test_a_claim_far_from_its_evidence_is_doubtful_without_any_finding() -> None:
    near, far = (
        supported(key_points=[claim(text, "s5", "s2")])["/key_points/0"]
        for text in ("The steel comes from Nordwerk AG.", "Penguins were born at the zoo.")
    )
    assert near.similarity is not None
    assert far.similarity is not None
    assert near.similarity > 0.5 > far.similarity
    assert (near.status, far.status) == ("ok", "doubtful")


def test_names_and_figures_have_no_meaning_to_compare() -> None:
    items = supported(**GOOD)
    assert items["/places/0"].similarity is None
    assert items["/figures/0"].similarity is None


def test_without_the_encoder_rules_alone_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "available", lambda: False)
    items = supported(**GOOD)
    assert all(item.similarity is None and item.status == "ok" for item in items.values())


def test_no_items_no_support() -> None:
    assert support_of(NEWS(), ARTICLE, None).items == ()

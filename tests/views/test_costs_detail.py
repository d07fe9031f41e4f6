from django.urls import reverse
from tests.documents import example_document, named
from tests.visits import bring_in, start

def test_smoke(owner):
    a = bring_in(owner, example_document("eight_approaches"))
    for url in ("costs_detail",):
        r = owner.get(reverse(url, args=[a.pk])); assert r.status_code == 200
    for approach in ("status_quo", "hybrid", "fine_tune_small", "tools"):
        r = owner.get(reverse("costs_approach", args=[a.pk, approach])); assert r.status_code in (200, 302), approach
    for url in ("costs_model", "costs_tuning", "costs_tokens"):
        r = owner.get(reverse(url, args=[a.pk, "status_quo"])); assert r.status_code == 200
    r = owner.get(reverse("costs_prices", args=[a.pk])); assert r.status_code == 200
    b = start(owner)
    assert owner.get(reverse("costs_approach", args=[b.pk, "status_quo"])).status_code == 200
    assert owner.get(reverse("costs_detail", args=[b.pk])).status_code == 200

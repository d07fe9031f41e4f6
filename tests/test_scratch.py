import time
from tests.visits import *
from tests.pages import Page
from tests.documents import *
def test_x(owner, example):
    a = bring_in(owner, example)
    for s in FRAMEWORK.sections:
        before = rows(a)
        form = open_section(owner, a, s.key)
        r = owner.post(section_url(a, s.key), form)
        assert r.status_code == 302, Page(r).words("problem")
        assert rows(a) == before
    for u in ("overview","check","result","export","delete"):
        t=time.time()
        r = owner.get(reverse(u, args=[a.pk]))
        print(u, r.status_code, time.time()-t)
        if u!="export":
            p=Page(r); print(p.errors)
def test_speed(owner, assessment):
    t=time.time()
    for i in range(50):
        r=save_one(owner, assessment, "brand_voice", "yes" if i%2 else "no")
        assert r.status_code==200
    print((time.time()-t)/50)

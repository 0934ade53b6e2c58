"""What tries every form finds forms, and sees when something that was typed is gone."""

from tests.access import hostile

PAGE = """
<form method="post" action="/petugas/ekspor/">
  <input type="hidden" name="csrfmiddlewaretoken" value="x">
  <input name="nama"><input type="date" name="sejak"><input type="file" name="berkas">
  <select name="daftar"><option value="">-</option><option value="laporan">x</option></select>
  <button name="pratinjau" value="1">x</button>
</form>
<form method="get" action="/petugas/laporan/"><input name="cari"></form>
"""


def the_form():
    met = hostile.Met()
    met.page(("handler", "own"), "/petugas/", PAGE)
    ((page, forms),) = met.forms.items()
    ((asked,),) = [forms.values()]
    return page, asked


def test_a_form_is_known_by_the_page_that_takes_it():
    page, asked = the_form()
    assert (page, asked.address) == ("staff:export", "/petugas/ekspor/")
    assert hostile.kinds_of(asked.form) == (["nama"], ["sejak"], ["daftar"])
    assert hostile.files_of(asked.form) == {"berkas"}


def test_somebody_who_means_no_harm_fills_in_what_fits():
    _page, asked = the_form()
    filled = {"nama": ["Contoh"], "sejak": ["2025-06-20"], "daftar": ["laporan"]}
    assert hostile.base_of(asked.form) == filled


def test_every_edge_is_tried_where_a_day_is_typed():
    page, asked = the_form()
    tried = {fields["sejak"][0] for fields in hostile.attacks(page, asked.form) if fields}
    assert tried == {*hostile.TYPED, "2025-06-20"}


def test_what_was_typed_is_missed_when_the_page_does_not_show_it():
    _page, asked = the_form()
    fields = {"nama": ("<b>&",), "sejak": ("x",)}
    assert hostile.lost('<input value="&lt;b&gt;&amp;">', asked.form, fields) == []
    assert hostile.lost('<input value="">', asked.form, fields) == ["nama"]

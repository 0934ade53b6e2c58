"""A city government on the day of a ceremony: its HR office, its people, its guests."""

from datetime import date

from django.urls import reverse

from neutrality.notifications.models import Outbox
from neutrality.organisations.models import Agency, Region
from pledges.models import Ceremony, Round, WallCode
from tests.complaints import factories as make
from tests.pledges import factories
from tests.scenarios.pages import Visitor
from tests.scenarios.town import WIB, local


def hr(name, *args):
    """The address of a page of the HR office."""
    return reverse(f"pledges_hr:{name}", args=args)


def together(name, *args):
    """The address of a page of signing together."""
    return reverse(f"pledges_together:{name}", args=args)


class Hall:
    """A city with its posts; every act goes through a page."""

    def __init__(self, code, name, move, posts, tz=WIB):
        self.move, self.tz = move, tz
        self.office = make.office(code)
        slug = name.lower().replace(" ", "-")
        self.agency = Agency.objects.create(
            code=slug,
            name=f"Pemerintah {name}",
            kind="CITY",
            path=slug,
            region=Region.objects.get(code=code),
            appointing_authority="Wali Kota contoh",
            valid_from=date(2000, 1, 1),
        )
        self.people = {
            post: factories.servant(
                self.agency, factories.unit(self.agency, unit), f"{post} contoh"
            )
            for post, unit in posts.items()
        }
        self.officer = Visitor(
            factories.user("Petugas kepegawaian", "hr_pledges", agency=self.agency)
        )
        self.second = Visitor(factories.user("Petugas kedua", "hr_pledges", agency=self.agency))

    def at(self, when):
        """Let it be this wall time."""
        self.move(local(when, self.tz))

    def open_round(self, elections, kind, day, until):
        """Open a round; the page says first how many will be asked."""
        answers = {
            "instansi": str(self.agency.pk),
            "pemilihan": [str(one.pk) for one in elections],
            "siapa": kind,
            "naskah": "FOUR_POINTS",
            "per_tanggal": day,
            "sampai": until,
        }
        asked = self.officer.send(hr("open"), answers, status=200)
        self.officer.client.post(hr("open"), {**answers, "dikonfirmasi": "ya"})
        return Round.objects.get(agency=self.agency), asked.content.decode()

    def plan(self, kind, title, day, hours, place, round_=None):
        """Plan a ceremony."""
        answers = {
            "jenis": kind,
            "nama": title,
            "tanggal": day,
            "mulai": hours[0],
            "selesai": hours[1],
            "tempat": place,
        }
        if round_ is not None:
            answers["putaran"] = str(round_.pk)
        self.officer.send(together("plan", self.agency.code), answers)
        return Ceremony.objects.latest("pk")

    def part(self, held, part, name, position, **more):
        """Say who did what."""
        answers = {"peran": part, "nama": name, "jabatan": position, **more}
        self.officer.send(together("event_part", held.public_id), answers)

    def represents(self, place, held, name, others, day):
        """Somebody signs for others."""
        answers = {
            "nama": name,
            "mewakili": others,
            "cara": "PAPER",
            "tanggal": day,
            "acara": str(held.pk),
        }
        self.officer.send(hr("represent", place.public_id), answers)

    def came(self, held, *lines):
        """Hand in the list of those who came."""
        address = together("event_attendance", held.public_id)
        self.officer.send(address, {"orang": "\n".join(lines)})

    def number(self, post):
        """The number of who holds a post."""
        return factories.number(self.people[post])

    def reach(self, place, *posts):
        """Store an address of each of them."""
        for post in posts:
            duty = factories.owed(place, self.people[post])
            address = hr("contact", duty.public_id)
            self.officer.send(address, {"surel": f"pegawai{duty.pk}@contoh.id"})

    def sign_at_the_wall(self, place, post):
        """Somebody scans the poster, types the number and the code, reads and signs."""
        self.officer.client.post(together("poster", place.public_id))
        token = WallCode.objects.get(round=place, revoked_at=None).token
        wall = reverse("pledges_public:wall", args=[token])
        phone, person = Visitor(), self.people[post]
        phone.send(wall, {"nomor": self.number(post)})
        code = Outbox.objects.filter(kind="pledge_code").latest("pk").context["code"]
        phone.send(reverse("pledges_public:wall_code", args=[token]), {"kode": code})
        sign = reverse("pledges_public:sign", args=["saya"])
        phone.send(sign, {"setuju": "on", "nama": person.name}, to="")
        return phone.read(reverse("pledges_public:done", args=["saya"]))

"""Settings of `make bench`: those of the demo, with the pages of the floor beside ours."""

from neutrality import env
from neutrality.env import BASE_DIR
from neutrality.settings.demo import *

ROOT_URLCONF = "benchmarks.urls"
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], BASE_DIR / "benchmarks" / "templates"]  # type: ignore[misc]
# Several sizes are served at the same time from one Valkey.
CACHES = caches(REDIS_URL, prefix=env.text("BENCH_PREFIX"))

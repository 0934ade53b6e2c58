# One image for web, worker and scheduler; the command decides which.
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=neutrality.settings.production \
    STATIC_ROOT=/srv/static \
    VAR_DIR=/srv/var

RUN useradd --system --uid 10001 --home-dir /srv/app neutrality \
    && mkdir -p /srv/app /srv/var /srv/front \
    && chown neutrality /srv/var /srv/front
WORKDIR /srv/app

COPY requirements.txt constraints.txt ./
RUN pip install --no-cache-dir --requirement requirements.txt --constraint constraints.txt

COPY . .
# The values below are read while files are collected, and are in no later layer's environment.
RUN pybabel compile --directory locale --domain django && \
    SECRET_KEY=build VAULT_KEYS=build VAULT_INDEX_KEY=build AUDIT_SEAL_KEY=build \
    ALTCHA_HMAC_KEY=build DATABASE_URL=postgres://build/build REDIS_URL=redis://build/0 \
    SITE_URL=https://build.example ALLOWED_HOSTS=build.example EMAIL_HOST=build.example \
    DEFAULT_FROM_EMAIL=build@build.example \
    python manage.py collectstatic --no-input --verbosity 0

USER neutrality
VOLUME /srv/var /srv/front
EXPOSE 8000
CMD ["gunicorn", "neutrality.wsgi", "--bind", "0.0.0.0:8000", "--workers", "4", "--threads", "4", "--no-control-socket", "--logger-class", "neutrality.server_log.ServerLog", "--log-level", "warning"]

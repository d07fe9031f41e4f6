# docker build --tag ftdecide .
FROM python:3.13-slim-trixie AS packages
WORKDIR /app
COPY requirements.txt .
RUN python -m venv .venv && .venv/bin/python -m pip install --no-cache-dir --no-compile --require-hashes --requirement requirements.txt

FROM python:3.13-slim-trixie
# What draws the PDF, and pg_dump for copies of a PostgreSQL database. As in .ci/system-libraries.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core postgresql-client \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=packages /app/.venv .venv
COPY LICENSE manage.py ./
COPY ftdecide ftdecide
COPY assessments assessments
COPY templates templates
COPY static static
# The collected files lie in the image, so that only /data is written to. Any user may run it.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(48))')" FTDECIDE_DATA=/tmp/unused STATIC_ROOT=/app/static-collected \
        .venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && .venv/bin/python -m compileall -q ftdecide assessments \
    && mkdir --mode=0777 /data
ENV FTDECIDE_DATA=/data STATIC_ROOT=/app/static-collected HOST=0.0.0.0 PORT=8000 HOME=/tmp PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=ftdecide.settings
VOLUME /data
EXPOSE 8000
USER 10001:0
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD [".venv/bin/python", "-c", \
    "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/readyz', timeout=4)"]
# gunicorn takes the place of the shell, so that it is told when to stop.
CMD ["sh", "-c", ".venv/bin/python manage.py migrate --verbosity 0 && .venv/bin/python manage.py load_examples && exec .venv/bin/python -m gunicorn --config ftdecide/gunicorn.py"]

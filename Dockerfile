# The image of docker-compose.yml: one image, every service of the stack.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PATH=/opt/svod-env/bin:$PATH \
    PYTHONPATH=/opt/svod/plugins \
    AIRFLOW_HOME=/var/lib/svod/airflow \
    SVOD_HOME=/var/lib/svod

RUN useradd --uid 50000 --create-home --home-dir /home/svod svod \
    && mkdir -p /var/lib/svod/airflow /var/lib/svod/archive \
    && chown -R svod:svod /var/lib/svod

# The lock first: it changes seldom, the code often.
COPY requirements.lock /opt/svod/requirements.lock
RUN python -m venv /opt/svod-env \
    && pip install --no-cache-dir uv==0.13.9 \
    && uv pip sync --python /opt/svod-env/bin/python --no-cache --require-hashes --compile-bytecode \
        /opt/svod/requirements.lock

COPY --chown=svod:svod . /opt/svod
USER svod
WORKDIR /opt/svod
ENTRYPOINT []
CMD ["python", "-m", "svod", "--help"]

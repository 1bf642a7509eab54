# One image for the web server and the worker. The pages are built in a stage of their own, so that Node does not ship.
FROM node:24-bookworm-slim AS frontend
WORKDIR /luodi/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
RUN npm run build

FROM python:3.11-slim-bookworm AS service
# GDAL, GEOS and PROJ for GeoDjango; Pango and a CJK font for what the server prints
RUN apt-get update \
    && apt-get install --no-install-recommends -y gdal-bin fonts-noto-cjk libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /luodi
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . ./
COPY --from=frontend /luodi/frontend/dist frontend/dist
RUN useradd --system --home-dir /luodi luodi \
    && mkdir /var/lib/luodi \
    && chown luodi /var/lib/luodi
ENV LUODI_STATE=/var/lib/luodi PYTHONUNBUFFERED=1
VOLUME /var/lib/luodi
USER luodi
EXPOSE 8000
CMD ["granian", "config.wsgi:application", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", \
     "--no-ws", "--workers", "1", "--blocking-threads", "4"]

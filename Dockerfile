# The server, run by an ordinary account. With DATABASE_URL it uses that PostgreSQL, as docker-compose.yml does;
# without, the embedded one under /data:
#   docker build -t chancery . && docker run --init -p 127.0.0.1:4000:4000 -v chancery:/data chancery

FROM node:24-slim AS build
WORKDIR /chancery
COPY package.json package-lock.json ./
COPY sdk/package.json sdk/
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node bin/prepare.mjs && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 CHANCERY_DATA=/data
WORKDIR /chancery
COPY --from=build /chancery ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=90s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/ready').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm, which would stand between the container's signals and the server.
CMD ["node", "--import", "tsx", "src/main.ts", "serve"]

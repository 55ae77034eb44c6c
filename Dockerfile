FROM node:24.21.0-slim

ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data

WORKDIR /easel
RUN install -d -o node -g node -m 0700 /data

COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force

COPY commands ./commands
COPY src ./src

USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD node src/healthcheck.ts "$PORT"
# Not through npm: SIGTERM must reach Easel itself.
CMD ["node", "--max-semi-space-size=1", "src/main.ts"]

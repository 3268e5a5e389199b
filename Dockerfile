# The service with its production dependencies and nothing else. Build: docker build -t hatangso .
# Run: docker run -p 8080:8080 -v hatangso-data:/data --stop-timeout 20 hatangso
# (a stop may take 15 s: running probes end and their results are written.)

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No production dependency needs a script of its own to install.
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
WORKDIR /app
# The code belongs to root: the service can read but not change it.
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY migrations ./migrations
COPY seeds ./seeds
COPY jobs ./jobs
COPY lab ./lab
COPY src ./src
# Shown at /runbooks/.
COPY docs/runbooks ./docs/runbooks
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 8080
# The slim image has no curl; node asks for itself. 20 s to start: the first start seeds the database.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "src/cli.ts"]
CMD ["serve"]

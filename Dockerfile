# syntax=docker/dockerfile:1
# One image, three roles: `node server/main.ts --roles=web|ingest`. Node runs the TypeScript sources as they are.
FROM node:24-bookworm-slim AS base
WORKDIR /console
ENV NEXT_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1

FROM base AS build
COPY package.json package-lock.json ./
RUN npm ci --no-fund --no-audit
COPY . .
RUN npm run build

FROM base AS dependencies
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-fund --no-audit && npm cache clean --force

FROM base AS console
ENV NODE_ENV=production PORT=3000
RUN groupadd --system --gid 10001 console && useradd --system --uid 10001 --gid console --no-create-home console
COPY --from=dependencies /console/node_modules ./node_modules
COPY --from=build /console/.next ./.next
COPY --from=build /console/deploy/grafana/dashboards ./deploy/grafana/dashboards
COPY --from=build /console/docs/guide ./docs/guide
COPY --from=build /console/prisma ./prisma
COPY --from=build /console/public ./public
COPY --from=build /console/server ./server
COPY --from=build /console/package.json /console/next.config.js ./
USER console
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.PORT||3000)+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "server/main.ts"]

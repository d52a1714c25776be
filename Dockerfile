FROM node:20-slim
WORKDIR /app
COPY . .
RUN npm ci --no-audit --no-fund && npm run build && npm run build:cloud && npm prune --omit=dev
USER node
EXPOSE 4180 4181
# Inside a container loopback reaches nobody: publish the ports on the host's loopback (docs/cloud.md).
CMD ["node", "dist-cloud/main.js", "--host", "0.0.0.0", "--allow-network", "--console", "dist"]

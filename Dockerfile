# syntax=docker/dockerfile:1
FROM node:20-bookworm-slim AS page
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
RUN npm run build

FROM golang:1.26-bookworm AS program
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=page /src/frontend/dist frontend/dist
RUN CGO_ENABLED=0 go build -trimpath -tags external -ldflags "-s -w" -o /luotsi ./server

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=program /luotsi /luotsi
USER nonroot
ENV LUOTSI_ADDR=:8080 LUOTSI_DATA=/tmp/luotsi
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=60s CMD ["/luotsi", "health"]
ENTRYPOINT ["/luotsi"]

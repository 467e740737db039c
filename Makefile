# One command each: run, test, bench, check. The rest is what they are made of.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: pictures run test bench check build generate format lint go-test front-test e2e fuzz-seeds fresh chromium clean

GO_FILES := $(shell git ls-files '*.go' go.mod go.sum 2>/dev/null)
FRONT_FILES := $(shell git ls-files frontend 2>/dev/null | grep -v '^frontend/dist/')

run: bin/luotsi
	LUOTSI_DEMO=1 bin/luotsi

test: lint go-test front-test e2e

bench: bin/luotsi
	go run ./server/bench -luotsi bin/luotsi

# What .ci/run calls: everything that must hold before a change lands.
check: fresh build test

build: bin/luotsi bin/luotsi-external

frontend/node_modules: frontend/package-lock.json
	cd frontend && npm ci --no-audit --no-fund
	touch $@

frontend/dist/index.html: frontend/node_modules $(FRONT_FILES)
	cd frontend && npm run build
	touch $@

bin/luotsi: frontend/dist/index.html $(GO_FILES)
	go build -trimpath -o $@ ./server

bin/luotsi-external: frontend/dist/index.html $(GO_FILES)
	CGO_ENABLED=0 go build -trimpath -tags external -o $@ ./server

bin/golangci-lint: tools.mod tools.sum
	go build -modfile=tools.mod -o $@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint

# The API description and the front end's types come from the Go types.
generate: frontend/node_modules
	go run ./server openapi > docs/openapi.json
	cd frontend && npm run generate

fresh: generate
	git diff --exit-code -- docs/openapi.json frontend/src/generated

format:
	gofmt -w server courses scheduling migrations frontend/*.go
	cd frontend && npm run format

lint: bin/golangci-lint frontend/node_modules frontend/dist/index.html
	test -z "$$(gofmt -l server courses scheduling migrations frontend/*.go)"
	bin/golangci-lint run ./...
	cd frontend && npm run lint && npm run dockerfile

go-test: frontend/dist/index.html
	go test -race -timeout 30m ./...
	@[ -n "$$LUOTSI_TEST_MONGODB_URI" ] || echo "The same tests on another MongoDB (LUOTSI_TEST_MONGODB_URI): not run"

front-test: frontend/node_modules
	cd frontend && npm test

e2e: bin/luotsi chromium
	cd frontend && LUOTSI_BIN=../bin/luotsi npm run e2e

# The pictures in README.md, taken while the browser tests walk through the product.
PICTURES := my_course-1280 lesson-390 video-390 quiz_result-390 exercise-step-390 a_measure-390 own_results-390 a_goal_as_a_path-1280 headline_report-1280 joint_times-1280 time_kept-390 unanswered-390 today-1280 roster-1280 people-1280
pictures: bin/luotsi chromium
	mkdir -p bin/pictures docs/pictures
	cd frontend && LUOTSI_PICTURES=../bin/pictures LUOTSI_BIN=../bin/luotsi npm run e2e
	for p in $(PICTURES); do cp bin/pictures/$$p.png docs/pictures/; done

chromium:
	command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq chromium; }

clean:
	rm -rf bin frontend/node_modules
	find frontend/dist -mindepth 1 ! -name .keep -delete

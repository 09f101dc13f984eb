# make run    set up what is missing, build, and drive the switcher (or show the demo)
# make bench  measure it: press to wire, lights, floods, size, growth; JSON=--json for scripts
# make manual write the manual page anew from the commands' own help
# make fuzz   feed every decoder of outside bytes with inputs that look for new ways through it; SECONDS=30 each
# make sanitize  run the unit tests under the address and the thread sanitizer
# make test   set up what is missing, build, and run every test: unit, real OBS, real sequencer, the whole line

# A build that nobody watches prints what is wrong, and nothing else.
QUIET := $(shell [ -t 2 ] || echo --quiet)
SWIFT_FLAGS := --explicit-target-dependency-import-check error $(QUIET)
BIN := .build/release/video-director
URL := obs://127.0.0.1:4455
fuzz: SECONDS := 30

.PHONY: run test bench fuzz sanitize manual build build-bench build-fuzz release setup setup-test lint format clean

run: setup release
	@Tests/Rigs/run.sh $(BIN) $(URL)

test: setup-test lint build build-fuzz
	@Tests/Rigs/test-all.sh

bench: setup-test release build-bench
	@Benchmarks/run.sh $(JSON)

fuzz: setup-test build-fuzz
	@Fuzzing/run.sh $(SECONDS)

sanitize: setup-test
	@Tests/Rigs/test-sanitized.sh address
	@Tests/Rigs/test-sanitized.sh thread

build-bench:
	@swift build -c release --product bench $(SWIFT_FLAGS) >&2

build-fuzz:
	@swift build --package-path Fuzzing -c release --sanitize fuzzer --product fuzz $(SWIFT_FLAGS)

manual:
	@swift build --product video-director $(SWIFT_FLAGS)
	@swift build --product generate-manual $(SWIFT_FLAGS)
	@.build/debug/generate-manual .build/debug/video-director --output-directory docs/man

build:
	@swift build --build-tests $(SWIFT_FLAGS)

release:
	@swift build -c release --product video-director $(SWIFT_FLAGS) >&2

setup:
	@Tests/Rigs/setup.sh run

setup-test:
	@Tests/Rigs/setup.sh test

lint:
	@swift format lint --strict --recursive Package.swift Sources Tests Benchmarks Fuzzing/Package.swift Fuzzing/Decoders

format:
	@swift format --in-place --recursive Package.swift Sources Tests Benchmarks Fuzzing/Package.swift Fuzzing/Decoders

clean:
	@swift package clean

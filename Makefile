# The front door. `make` tells what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
JOBS ?= $(shell nproc)
PREFIX ?= /usr/local
DESTDIR ?=
ONLY ?=
FUZZ_SECONDS ?= 600
FUZZ_SEED ?= 0
FUZZ_RUNS ?= -1
CRASHES ?= 50
HISTORIES ?= 100000
CALLS ?= 1000
SECONDS ?= 600

build = cmake --preset $(1) $(2) >/dev/null && cmake --build --preset $(1) -j$(JOBS)

.PHONY: help deps demo test bench lint asan fuzz crash histories impair tsan docs install clean

help:     ## this list
	@sed -n 's/^\([a-z]*\): *[a-z |]*## \(.*\)/  make \1@\2/p' Makefile | column -t -s @

deps:     ## install the Debian packages that are missing
	@packaging/install-packages.sh

demo:     ## a bank's contact center on this machine, with callers, an agent and a page
	@packaging/install-packages.sh build runtime
	@$(call build,release,-DVCSR_BUILD_BENCH=OFF -DVCSR_BUILD_PYTHON=OFF)
	@examples/demo/run build/release

# Those that talk to other programs wait more than they compute.
test: deps ## build for development and run all tests
	@$(call build,dev)
	@ctest --preset dev -j$$((2 * $(JOBS)))

bench: deps ## measure every figure of the README; ONLY=name for one of them
	@$(call build,release,-DVCSR_BUILD_BENCH=ON)
	@bench/run build/release $(ONLY)

lint: deps ## clang-format, clang-tidy, and the layer and style check
	@cmake --preset dev >/dev/null
	@cmake/lint.sh build/dev $(JOBS)

asan: deps ## unit, example and fuzz tests with Clang's address and undefined-behavior sanitizers
	@$(call build,asan)
	@ctest --preset asan -j$(JOBS)

fuzz: deps ## search with every fuzz target for ten minutes, or for FUZZ_SECONDS
	@cmake --preset asan >/dev/null && cmake --build --preset asan --target fuzzers -j$(JOBS)
	@tests/fuzz/run build/asan $(FUZZ_SECONDS) $(JOBS) $(FUZZ_SEED) $(FUZZ_RUNS)

crash: deps ## kill a center fifty times, or CRASHES times, among 200 recorded calls
	@$(call build,dev)
	@CRASHES=$(CRASHES) VCSR_BUILD=$(CURDIR)/build/dev python3 tests/e2e/crash_test.py

histories: deps ## play 100,000 random histories, or HISTORIES, of a whole center and of the choice of agents
	@$(call build,dev)
	@VCSR_HISTORIES=$(HISTORIES) build/dev/tests/test_histories
	@VCSR_HISTORIES=$(HISTORIES) build/dev/tests/test_acd

impair: deps ## 1,000 calls (CALLS) and ten minutes of talk (SECONDS) over a network that loses and reorders
	@$(call build,dev)
	@CALLS=$(CALLS) SECONDS=$(SECONDS) VCSR_BUILD=$(CURDIR)/build/dev python3 tests/e2e/bad_network_test.py

tsan: deps ## unit and example tests with Clang's thread sanitizer
	@$(call build,tsan)
	@ctest --preset tsan -j$(JOBS)

docs: deps ## the reference of the public headers, in build/docs/html
	@docs/build.sh

install:  ## install library, headers and command; PREFIX=/usr/local DESTDIR=
	@packaging/install-packages.sh build
	@$(call build,release,-DCMAKE_INSTALL_PREFIX=$(PREFIX) -DVCSR_BUILD_BENCH=OFF -DVCSR_BUILD_PYTHON=OFF)
	@DESTDIR=$(DESTDIR) cmake --install build/release

clean:    ## remove everything that was built
	@rm -rf build

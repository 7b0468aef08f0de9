// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/log.hpp"

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

#include "vcsr/base/error.hpp"
#include "vcsr/base/secret.hpp"
#include "vcsr/sim/sim_loop.hpp"

using vcsr::Log;
using vcsr::LogLevel;
using Lines = std::vector<std::string>;

static_assert(!std::is_constructible_v<Log::Field, std::string_view, vcsr::Secret>);

namespace {

struct Book {
  explicit Book(vcsr::LogOptions options = {})
      : loop(1, vcsr::parse_wall_time("2026-11-22T09:30:00.250Z")), log(make(std::move(options))) {}

  Log make(vcsr::LogOptions options) {
    options.sink = [this](std::string_view line) { lines.emplace_back(line); };
    return Log(loop, std::move(options));
  }

  vcsr::SimLoop loop;
  Lines lines;
  Log log;
};

}  // namespace

TEST_CASE("a line of text has the time, the level, the component, the message and the fields") {
  Book book;

  book.log.info("started");
  book.log.component("sip").warning("registered", {{"user", 1001}, {"name", "Anna"}, {"ok", true}});

  CHECK(book.lines == Lines{"09:30:00.250 info started",
                            "09:30:00.250 warning sip: registered user=1001 name=Anna ok=true"});
}

TEST_CASE("a field's text that would break the line is quoted") {
  Book book;

  book.log.info("x", {{"a", "two words"}, {"b", ""}, {"c", "k=v"}, {"d", "say \"hi\""}, {"e", "l1\nl2"}});

  CHECK(book.lines == Lines{R"(09:30:00.250 info x a="two words" b="" c="k=v" d="say \"hi\"" e="l1\nl2")"});
}

TEST_CASE("nothing that a caller sends begins a line of its own or moves a terminal's cursor") {
  Book text;
  Book json({.format = vcsr::LogOptions::Format::json});
  const std::string evil = "x\r\n09:30:00.250 error forged\x1b[2J\x7f";

  for (Book* book : {&text, &json}) {
    book->log.info(evil, {{evil, evil}, {"list", vcsr::Value::List{evil}}});

    REQUIRE(book->lines.size() == 1);
    for (const char c : book->lines[0]) CHECK_FALSE((c >= 0 && c < ' '));
  }
  CHECK(text.lines[0].find('\x7f') == std::string::npos);
}

TEST_CASE("a line of JSON has the same, and fields do not pass for what they are not") {
  Book book({.format = vcsr::LogOptions::Format::json});

  book.log.component("sip").error("registered", {{"user", 1001}, {"level", "info"}, {"time", 0}});

  CHECK(book.lines == Lines{R"({"component":"sip","level":"error","message":"registered",)"
                            R"("time":"2026-11-22T09:30:00.250Z","user":1001})"});
}

TEST_CASE("levels silence what is below them, for each component its own") {
  Book book({.level = LogLevel::warning, .levels = {{"sip", LogLevel::debug}, {"rtp", LogLevel::off}}});
  const Log sip = book.log.component("sip");
  const Log rtp = book.log.component("rtp");
  const Log other = book.log.component("other");

  for (const Log& log : {book.log, sip, rtp, other}) {
    log.debug("debug");
    log.info("info");
    log.error("error");
  }

  CHECK(sip.enabled(LogLevel::debug));
  CHECK_FALSE(other.enabled(LogLevel::info));
  CHECK_FALSE(rtp.enabled(LogLevel::error));
  CHECK_FALSE(sip.enabled(LogLevel::off));
  CHECK(book.lines == Lines{"09:30:00.250 error error", "09:30:00.250 debug sip: debug",
                            "09:30:00.250 info sip: info", "09:30:00.250 error sip: error",
                            "09:30:00.250 error other: error"});
}

TEST_CASE("a log that was not made anywhere is silent") {
  const Log log;

  CHECK_FALSE(log.enabled(LogLevel::error));
  log.error("nobody hears this");
  CHECK_FALSE(log.component("sip").enabled(LogLevel::error));
}

TEST_CASE("lines of several threads arrive whole") {
  Book book;
  std::vector<std::thread> threads;

  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 250; ++n) book.log.info("0123456789");
    });
  for (std::thread& thread : threads) thread.join();

  CHECK(book.lines == Lines(1000, "09:30:00.250 info 0123456789"));
}

TEST_CASE("a level's name is read, and a wrong one answered with the right ones") {
  CHECK(vcsr::parse_log_level("debug") == LogLevel::debug);
  CHECK(vcsr::parse_log_level("off") == LogLevel::off);
  CHECK_THROWS_WITH_AS(vcsr::parse_log_level("Debug"),
                       "expected trace, debug, info, warning, error or off, got 'Debug'", vcsr::Error);
}

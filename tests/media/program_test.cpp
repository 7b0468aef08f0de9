// SPDX-License-Identifier: Apache-2.0
#include "media/program.hpp"

#include <string>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "media/file_descriptor.hpp"
#include "temporary_folder.hpp"
#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

std::string output_of(const ProgramResult& result) { return {result.output.begin(), result.output.end()}; }

}  // namespace

TEST_CASE("a program gets its words and its input, and gives output, complaints and status") {
  const ProgramResult result = run_program(
      {"sh", "-c", "cat; echo \"$1\"; echo trouble >&2; exit 3", "sh", "$HOME; 'quoted'"}, "hello\n", 10s);

  CHECK(output_of(result) == "hello\n$HOME; 'quoted'\n");
  CHECK(result.complaints == "trouble");
  CHECK(result.status == 3);
}

TEST_CASE("much input and much output pass whole") {
  const std::string input(3'000'000, 'x');

  const ProgramResult result = run_program({"cat"}, input, 10s);

  CHECK(output_of(result) == input);
  CHECK(result.status == 0);
}

TEST_CASE("a program that does not read its input does no harm") {
  CHECK(run_program({"true"}, std::string(1'000'000, 'x'), 10s).status == 0);
}

TEST_CASE("a program that dies by a signal shows it") {
  CHECK(run_program({"sh", "-c", "kill -TERM $$"}, "", 10s).status == 143);
}

TEST_CASE("a program that is not there is named") {
  try {
    run_program({"no-such-program"}, "", 10s);
    FAIL("ran");
  } catch (const Error& error) {
    CHECK(error.code() == Error::Code::unavailable);
    CHECK(std::string(error.what()) == "no-such-program: cannot be started: No such file or directory");
  }
}

TEST_CASE("a program that hangs is killed with all it started") {
  const TemporaryFolder folder;
  const std::string life = folder / "life";  // ends when nobody holds it open any more
  REQUIRE(mkfifo(life.c_str(), 0600) == 0);
  const FileDescriptor reader(open(life.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  const std::string script = "(echo alive; sleep 1000) > " + life + " & sleep 1000";

  try {
    run_program({"sh", "-c", script}, "", 500ms);
    FAIL("ended");
  } catch (const Error& error) {
    CHECK(error.code() == Error::Code::timed_out);
    CHECK(std::string(error.what()).find("sh: did not end within 500 ms") == 0);
  }

  fcntl(reader.get(), F_SETFL, 0);
  char byte = 0;
  while (read(reader.get(), &byte, 1) > 0) {
  }
}

TEST_CASE("a program that never stops writing is killed") {
  CHECK_THROWS_AS(run_program({"yes"}, "", 10s), Error);
}

TEST_CASE("a program's end counts even when what it started goes on") {
  const ProgramResult result = run_program({"sh", "-c", "sleep 1000 & echo done"}, "", 10s);

  CHECK(output_of(result) == "done\n");
}

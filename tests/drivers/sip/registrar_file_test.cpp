// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/registrar_file.hpp"

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace vcsr::sip;

namespace {

constexpr WallTime noon{std::chrono::seconds(1'767'225'600)};
WallTime after(int seconds) { return noon + std::chrono::seconds(seconds); }

/// A file that is gone afterwards.
struct File {
  File() { std::filesystem::remove(path); }
  ~File() { std::filesystem::remove(path); }
  void write(const std::string& text) const { std::ofstream(path) << text; }

  std::string path =
      (std::filesystem::temp_directory_path() / ("vcsr-phones-" + std::to_string(::getpid()))).string();
};

std::string fault_of(const File& file) {
  try {
    load_registrations(file.path, 10, noon);
  } catch (const Error& error) {
    return error.what();
  }
  return "no fault";
}

}  // namespace

TEST_CASE("registrations outlive the program, but not their time nor their connection") {
  const File file;
  Registrar registrar;
  registrar.bind("1001", "sip:1001@192.0.2.1:5070;ob", "192.0.2.1:5070", after(60));
  registrar.bind("1001", "sip:1001@192.0.2.2", "192.0.2.2:40000;transport=tls", after(90));
  registrar.bind("1002", "sip:1002@192.0.2.3", "[2001:db8::1]:5060", after(10));
  save_registrations(registrar, file.path);

  const Registrar loaded = load_registrations(file.path, 10, after(20));

  REQUIRE(loaded.bindings("1001").size() == 2);
  CHECK(loaded.bindings("1001")[0].uri == "sip:1001@192.0.2.1:5070;ob");
  CHECK(loaded.bindings("1001")[0].source == "192.0.2.1:5070");
  CHECK(loaded.bindings("1001")[0].expires == after(60));
  CHECK(loaded.bindings("1001")[1].source == "");
  CHECK(loaded.bindings("1002").empty());
  CHECK_FALSE(std::filesystem::exists(file.path + ".new"));
}

TEST_CASE("without a file nobody is registered") {
  CHECK(load_registrations(File().path, 10, noon).users().empty());
}

TEST_CASE("what somebody else wrote is refused by its line") {
  const File file;

  file.write("hello\n");
  CHECK(fault_of(file) ==
        file.path + ":1: expected a registration; remove the file, and telephones register anew");
  file.write("vcsr registrations 1\n1001\tsip:a@192.0.2.1\t\t1767225700\n1001\tnonsense\t\t1\n");
  CHECK(fault_of(file).starts_with(file.path + ":3: expected a registration"));
  file.write("vcsr registrations 1\n1001\tsip:a@192.0.2.1\t\tsoon\n");
  CHECK(fault_of(file).starts_with(file.path + ":2: expected a registration"));
}

TEST_CASE("a folder that is not there is named") {
  CHECK_THROWS_WITH_AS(save_registrations(Registrar(), "/nowhere/phones"),
                       doctest::Contains("cannot write /nowhere/phones.new: No such file or directory"),
                       Error);
}

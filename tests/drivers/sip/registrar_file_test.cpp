// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/registrar_file.hpp"

#include <filesystem>
#include <fstream>
#include <future>
#include <vector>

#include <unistd.h>

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"
#include "vcsr/sim/sim_loop.hpp"

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

TEST_CASE("what changes while the disk is busy is written together, once") {
  const File file;
  SimLoop loop;
  std::promise<void> begun, disk;
  std::vector<std::string> told;
  const auto written = [&](const std::string& why) {
    told.push_back(why);
    if (told.size() > 1) return;
    begun.set_value();
    disk.get_future().wait();
  };
  {
    RegistrarFile kept(loop, file.path, Registrar(), written);
    const std::uint64_t first = kept.keep("1001", {{"sip:1001@192.0.2.1", "", after(60)}});
    begun.get_future().wait();
    CHECK(kept.written() == first);

    kept.keep("1002", {{"sip:1002@192.0.2.2", "", after(60)}});
    kept.keep("1003", {{"sip:1003@192.0.2.3", "", after(60)}});
    const std::uint64_t last = kept.keep("1001", {});
    CHECK(kept.written() < last);
    disk.set_value();
  }

  CHECK(told == std::vector<std::string>{"", ""});
  const Registrar loaded = load_registrations(file.path, 10, noon);
  CHECK(loaded.users().size() == 2);
  CHECK(loaded.bindings("1001").empty());
}

TEST_CASE("what cannot be written is told, and the next attempt has it") {
  const File file;
  SimLoop loop;
  std::vector<std::string> told;
  std::promise<void> failed;
  std::filesystem::create_directory(file.path);
  {
    RegistrarFile kept(loop, file.path, Registrar(), [&](const std::string& why) {
      told.push_back(why);
      if (told.size() == 1) failed.set_value();
    });
    kept.keep("1001", {{"sip:1001@192.0.2.1", "", after(60)}});
    failed.get_future().wait();
    std::filesystem::remove(file.path);
    kept.keep("1002", {{"sip:1002@192.0.2.2", "", after(60)}});
  }

  REQUIRE(told.size() == 2);
  CHECK(told[0].starts_with("SIP: cannot write " + file.path));
  CHECK(told[1].empty());
  CHECK(load_registrations(file.path, 10, noon).users().size() == 2);
}

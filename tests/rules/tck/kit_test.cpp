// SPDX-License-Identifier: Apache-2.0
#include "rules/tck/kit.hpp"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "rules/dmn_text.hpp"
#include "thrown.hpp"

using namespace vcsr;
using namespace vcsr::rules::tck;

namespace {

/// A folder that is gone at the end.
class Folder {
 public:
  explicit Folder(const std::string& name)
      : path_(std::filesystem::temp_directory_path() / ("vcsr-kit-" + name)) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }

  void write(const std::string& file, const std::string& text) const {
    std::filesystem::create_directories((path_ / file).parent_path());
    std::ofstream(path_ / file) << text;
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

std::string expecting(const std::string& id, const std::string& number) {
  return "<testCase id=\"" + id +
         "\"><resultNode name=\"d\" type=\"decision\"><expected><value xsi:type=\"xsd:decimal\">" + number +
         "</value></expected></resultNode></testCase>";
}

std::string cases(const std::string& model, const std::string& inside) {
  return "<testCases xmlns=\"http://www.omg.org/spec/DMN/20160719/testcase\" "
         "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><modelName>" +
         model + "</modelName>" + inside + "</testCases>";
}

}  // namespace

TEST_CASE("cases of a folder pass, fail or are skipped, and each failure says why") {
  const Folder folder("outcomes");
  folder.write("level/one/one.dmn", dmn::document(dmn::decision("d", dmn::literal("1 + 1"))));
  folder.write("level/one/one-test-01.xml", cases("one.dmn", expecting("1", "2") + expecting("2", "3")));
  folder.write("level/one/one-test-02.xml", cases("gone.dmn", expecting("1", "2")));
  folder.write("level/readme.xml", "<no/>");

  const std::vector<std::string> folders = folders_below(folder.path());
  REQUIRE(folders.size() == 1);
  const FolderOutcome outcome = run_folder(folders[0], {});

  CHECK(outcome.name == "one");
  CHECK(outcome.outcome.passed == 1);
  CHECK(outcome.outcome.failed == 1);
  CHECK(outcome.outcome.skipped == 1);
  CHECK(outcome.failures ==
        std::vector<std::string>{
            "one-test-01.xml: test case '2': result 'd': expected 3 (a number), got 2 (a number)"});
}

TEST_CASE("a model that is refused fails its cases, one by one") {
  const Folder folder("refused");
  folder.write("x.dmn", "<html/>");
  folder.write("x-test-01.xml", cases("x.dmn", expecting("1", "2") + expecting("2", "3")));

  const FolderOutcome outcome = run_folder(folder.path(), {});

  CHECK(outcome.outcome.failed == 2);
  CHECK(outcome.failures.at(0) ==
        "x-test-01.xml: test case '1': x.dmn:1: expected a DMN document with the element definitions, got "
        "html");
}

TEST_CASE("what is no folder is named") {
  CHECK(thrown(Error::Code::not_found, [] { folders_below("/nowhere"); }) ==
        "'/nowhere' is no folder; name one with test cases in it");
}

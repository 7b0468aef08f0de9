// SPDX-License-Identifier: Apache-2.0
#include "rules/tck/kit.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include "rules/engine/documents.hpp"
#include "rules/engine/graph.hpp"
#include "rules/tck/test_cases.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::rules::tck {

namespace fs = std::filesystem;
using feel::Value;

namespace {

std::vector<fs::path> test_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && name.ends_with(".xml") && name.find("-test-") != std::string::npos)
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string told(const Value& value) {
  std::string text = std::string(shown(value)) + " (" + feel::described(value) + ")";
  if (value.reason()) text += ": " + value.reason()->text;
  return text;
}

/// One case of a model.
class CaseRun {
 public:
  CaseRun(const Graph& graph, const TestCase& test, WallTime now)
      : graph_(graph), test_(test), evaluation_({.now = nanoseconds(now)}), run_(graph, evaluation_) {}

  /// What is wrong with the results; nothing where all are as expected.
  std::vector<std::string> failures() {
    std::vector<std::string> all;
    for (const Given& given : test_.inputs) give(given);
    for (const Expected& expected : test_.results) {
      const Value got = result(expected);
      if (!as_expected(expected.value, got))
        all.push_back("result '" + expected.name + "': expected " + told(expected.value) + ", got " +
                      told(got));
    }
    return all;
  }

 private:
  static std::int64_t nanoseconds(WallTime now) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now.time_since_epoch()).count();
  }

  void give(const Given& given) {
    bool taken = false;
    for (std::size_t i = 0; i < graph_.inputs().size(); ++i) {
      const Graph::Input& input = graph_.inputs()[i];
      if (input.name != given.name || (!given.space.empty() && given.space != input.space)) continue;
      run_.give_input(i, given.value);
      taken = true;
    }
    if (taken) return;
    // A decision that a service, or the case, takes as given.
    if (const auto decision = Graph::find(graph_.decisions(), given.name, given.space))
      run_.give_decision(*decision, given.value);
    else if (const auto* const inputs = given.value.get_if<feel::Context>())
      run_.give_import(given.name, *inputs);
  }

  Value result(const Expected& expected) {
    try {
      return evaluate(expected);
    } catch (const Error& error) {
      return Value::null(error.what());
    }
  }

  Value evaluate(const Expected& expected) {
    const std::string space = expected.space.empty() ? graph_.space() : expected.space;
    if (test_.kind == TestCase::Kind::knowledge) return call_knowledge();
    if (const auto decision = Graph::find(graph_.decisions(), expected.name, space))
      return run_.decision(*decision);
    const std::string& service_name = test_.invocable.empty() ? expected.name : test_.invocable;
    if (const auto service = Graph::find(graph_.services(), service_name, "")) return run_.service(*service);
    return Value::null("there is no decision '" + expected.name + "'");
  }

  Value call_knowledge() {
    const auto knowledge = Graph::find(graph_.knowledge(), test_.invocable, "");
    if (!knowledge) return Value::null("there is no business knowledge model '" + test_.invocable + "'");
    const Value& function = graph_.knowledge()[*knowledge].function;
    if (!function.function()) return Value::null("'" + test_.invocable + "' has no logic");
    std::vector<Value> arguments;
    for (const feel::Parameter& parameter : function.function()->parameters()) {
      const auto given =
          std::find_if(test_.inputs.begin(), test_.inputs.end(),
                       [&parameter](const Given& each) { return each.name == parameter.name; });
      arguments.push_back(given == test_.inputs.end() ? Value() : given->value);
    }
    return evaluation_.call(function, std::move(arguments));
  }

  const Graph& graph_;
  const TestCase& test_;
  feel::Evaluation evaluation_;
  Run run_;
};

class FolderRun {
 public:
  FolderRun(const std::string& folder, WallTime now) : folder_(folder), now_(now) {
    const fs::path path = folder_.lexically_normal();
    result_.name = (path.has_filename() ? path : path.parent_path()).filename().string();
  }

  FolderOutcome run() {
    for (const fs::path& file : test_files(folder_)) run_file(file);
    return std::move(result_);
  }

 private:
  void run_file(const fs::path& file) {
    const std::string name = file.filename().string();
    TestCases cases;
    std::shared_ptr<const Graph> graph;
    std::string refusal;
    try {
      cases = read_test_cases(read_file(file.string()), name);
      const std::string model = (folder_ / cases.model).string();
      if (!fs::exists(model)) {
        result_.outcome.skipped += static_cast<int>(cases.cases.size());
        return;
      }
      const std::string xml = read_file(model);
      graph = Graph::build(read_documents(xml, cases.model, imports_beside(model, xml)), feel::Mode::spec);
    } catch (const Error& error) {
      refusal = error.what();
    }
    if (cases.cases.empty() && !refusal.empty()) fail(name, refusal);
    for (const TestCase& test : cases.cases) {
      const std::string place = name + ": test case '" + test.id + "'";
      if (!graph) fail(place, refusal);
      else run_case(*graph, test, place);
    }
  }

  void run_case(const Graph& graph, const TestCase& test, const std::string& place) {
    const std::vector<std::string> failures = CaseRun(graph, test, now_).failures();
    if (failures.empty()) ++result_.outcome.passed;
    else ++result_.outcome.failed;
    for (const std::string& failure : failures) result_.failures.push_back(place + ": " + failure);
  }

  void fail(const std::string& place, const std::string& why) {
    ++result_.outcome.failed;
    result_.failures.push_back(place + ": " + why);
  }

  fs::path folder_;
  WallTime now_;
  FolderOutcome result_;
};

}  // namespace

Outcome& Outcome::operator+=(const Outcome& other) {
  passed += other.passed;
  failed += other.failed;
  skipped += other.skipped;
  return *this;
}

std::vector<std::string> folders_below(const std::string& folder) {
  if (!fs::is_directory(folder))
    throw Error(Error::Code::not_found, "'" + folder + "' is no folder; name one with test cases in it");
  std::vector<std::string> folders;
  if (!test_files(folder).empty()) folders.push_back(folder);
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_directory() && !test_files(entry.path()).empty()) folders.push_back(entry.path().string());
  std::sort(folders.begin(), folders.end());
  return folders;
}

FolderOutcome run_folder(const std::string& folder, WallTime now) { return FolderRun(folder, now).run(); }

}  // namespace vcsr::rules::tck

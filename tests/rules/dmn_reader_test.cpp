// SPDX-License-Identifier: Apache-2.0
#include "rules/dmn_reader.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace vcsr::rules;

namespace {

const std::string open_dmn = "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\">\n";
const std::string close_dmn = "</definitions>\n";

/// A table of one input and one output; what is given comes in line 3, after the columns.
std::string table(const std::string& rest, const std::string& policy = "FIRST") {
  return open_dmn + "<decision name=\"d\"><decisionTable hitPolicy=\"" + policy +
         "\"><input><inputExpression typeRef=\"number\"><text>n</text></inputExpression></input>"
         "<output name=\"o\" typeRef=\"string\"/>\n" +
         rest + "</decisionTable></decision>\n" + close_dmn;
}

std::string faults(const std::string& xml) {
  try {
    read_dmn(xml, "x.dmn");
  } catch (const Error& error) {
    CHECK(error.code() == Error::Code::invalid);
    return error.what();
  }
  return "nothing was thrown";
}

}  // namespace

TEST_CASE("DMN 1.3, 1.4 and 1.5 are read, with or without a prefix") {
  for (const char* const version : {"20191111", "20211108", "20230324"}) {
    const std::string name = std::string("https://www.omg.org/spec/DMN/") + version + "/MODEL/";
    const std::string plain = "<definitions xmlns=\"" + name + "\"/>";
    const std::string prefixed =
        "<dmn:definitions xmlns:dmn=\"" + name +
        "\"><dmn:decision id=\"a\"><dmn:decisionTable><dmn:output/></dmn:decisionTable>"
        "</dmn:decision><decision/></dmn:definitions>";

    CHECK(read_dmn(plain, "x.dmn").empty());
    CHECK(read_dmn(prefixed, "x.dmn").size() == 1);
  }
}

TEST_CASE("what is no DMN of a known version is refused") {
  CHECK(faults("<definitions xmlns=\"http://www.omg.org/spec/DMN/20151101/dmn.xsd\"/>") ==
        "x.dmn:1: xmlns: expected DMN 1.3, 1.4 or 1.5 (\"https://www.omg.org/spec/DMN/20191111/MODEL/\", "
        "…20211108…, "
        "…20230324…), got \"http://www.omg.org/spec/DMN/20151101/dmn.xsd\"");
  CHECK(faults("\n<html/>") == "x.dmn:2: expected a DMN document with the element definitions, got html");
  CHECK(faults(open_dmn + "<decision>\n</wrong>") == "x.dmn:3: not well-formed XML: Start-end tags mismatch");
  CHECK(faults("") == "x.dmn:1: not well-formed XML: No document element found");
}

TEST_CASE("a hit policy that is not supported names decision and policy") {
  CHECK(faults(table("", "COLLECT")) ==
        "x.dmn:2: decision 'd': hit policy 'COLLECT' is not supported; use FIRST or UNIQUE");
}

TEST_CASE("every fault of a document is told at once, with line, decision, row and column") {
  const std::string xml = table(
      "<rule><inputEntry><text>five</text></inputEntry>\n"
      "<outputEntry><text>7</text></outputEntry></rule>\n"
      "<rule><inputEntry>\n<text>\n[9..1]</text></inputEntry></rule>\n");

  CHECK(faults(xml) ==
        "x.dmn:3: decision 'd': row 1, column 'n': expected a number, \"text\", true, false, null, a "
        "comparison, a range, "
        "not(…) or -, got 'five' (text stands in quotes: \"text\")\n"
        "x.dmn:4: decision 'd': row 1, column 'o': 7 is a number, but the column holds a string\n"
        "x.dmn:6: decision 'd': row 2, column 'n': the range [9..1] is empty\n"
        "x.dmn:5: decision 'd': row 2: expected 1 outputEntry, one per column, got 0");
}

TEST_CASE("faults of columns are told with their place") {
  const struct {
    const char* table;
    const char* fault;
  } rows[] = {
      {"<input/><output/>", "x.dmn:2: decision 'd': input 1: expected the name of a fact, got ''"},
      {"<input><inputExpression><text>a + b</text></inputExpression></input><output/>",
       "x.dmn:2: decision 'd': input 1: expected the name of a fact, got 'a + b'"},
      {"<input><inputExpression typeRef=\"date\"><text>a</text></inputExpression></input><output/>",
       "x.dmn:2: decision 'd': input 1: type 'date' is not supported; use string, number or boolean"},
      {"<input><inputExpression "
       "typeRef=\"number\"><text>a</text></inputExpression><inputValues><text>few</text>"
       "</inputValues></input><output/>",
       "x.dmn:2: decision 'd': input 1: allowed values: expected a number, \"text\", true, false, null, a "
       "comparison, a "
       "range, not(…) or -, got 'few' (text stands in quotes: \"text\")"},
      {"", "x.dmn:2: decision 'd': it has no output"},
      {"<output name=\"a\"/><output name=\"a\"/>",
       "x.dmn:2: decision 'd': output 'a': there is another of this name"},
      {"<output name=\"a\"><outputValues><text>1, 2</text></outputValues></output>"
       "<rule><outputEntry><text>3</text></outputEntry></rule>",
       "x.dmn:2: decision 'd': row 1, column 'a': expected one of 1, 2, got 3"},
  };

  for (const auto& row : rows) {
    CAPTURE(row.table);
    CHECK(faults(open_dmn + "<decision name=\"d\"><decisionTable>" + row.table +
                 "</decisionTable></decision>" + close_dmn) == row.fault);
  }
}

TEST_CASE("faults of decisions are told with their place") {
  CHECK(faults(open_dmn + "<decision name=\"d\"><literalExpression/></decision>" + close_dmn) ==
        "x.dmn:2: decision 'd': it has no decisionTable; other kinds of decision are not supported");
  CHECK(faults(open_dmn +
               "<decision name=\"d\"><decisionTable><output/></decisionTable></decision>\n"
               "<decision name=\"d\"><decisionTable><output/></decisionTable></decision>" +
               close_dmn) == "x.dmn:3: decision 'd': there is another of this name or id");
}

// SPDX-License-Identifier: Apache-2.0
#include "vcsr/connectors/file.hpp"

#include <doctest/doctest.h>

#include "connectors/table_rows.hpp"
#include "store/journal/until.hpp"
#include "temporary_folder.hpp"
#include "thrown.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

using Outcome = SourceAnswer::Outcome;

SourceAnswer ask(AsioLoop& loop, DataSource& source, const std::string& query, Facts parameters) {
  return outcome(loop, source.ask(query, std::move(parameters)));
}

}  // namespace

TEST_CASE("CSV is read with quotes, line ends and marks of all kinds") {
  const std::vector<Facts> rows = connectors::csv_rows(
      "\xEF\xBB\xBFid,name\r\n1,\"Li, \"\"Lei\"\"\"\r\n\r\n2,\"two\nlines\"\n3,", ',', "a.csv");

  REQUIRE(rows.size() == 3);
  CHECK(rows[0] == Facts{{"id", "1"}, {"name", "Li, \"Lei\""}});
  CHECK(rows[1] == Facts{{"id", "2"}, {"name", "two\nlines"}});
  CHECK(rows[2] == Facts{{"id", "3"}, {"name", ""}});
  CHECK(connectors::csv_rows("id;name\n1;2", ';', "a.csv").at(0).at("name") == Value("2"));
  CHECK(connectors::csv_rows("id", ',', "a.csv").empty());
}

TEST_CASE("CSV that is broken is refused with its line") {
  const auto refusal = [](const char* text) {
    return thrown(Error::Code::invalid, [text] { connectors::csv_rows(text, ',', "a.csv"); });
  };

  CHECK(refusal("id,name\n1,2\n3\n") == "a.csv:3: expected 2 values, got 1");
  CHECK(refusal("id\n\"open") == "a.csv:2: expected a closing quotation mark");
  CHECK(refusal("id\n\"a\"b") == "a.csv:2: expected the end of the line after a quoted value");
}

TEST_CASE("lines of fixed widths are cut into their columns") {
  const std::vector<Facts> rows =
      connectors::fixed_rows("6222 Anna  12\r\n6223 Otto\n\n", {{"id", 5}, {"name", 6}, {"sum", 2}}, "a.txt");

  REQUIRE(rows.size() == 2);
  CHECK(rows[0] == Facts{{"id", "6222"}, {"name", "Anna"}, {"sum", "12"}});
  CHECK(rows[1] == Facts{{"id", "6223"}, {"name", "Otto"}, {"sum", ""}});
  CHECK(thrown(Error::Code::invalid, [] {
          connectors::fixed_rows("123\n1234\n", {{"id", 3}}, "a.txt");
        }) == "a.txt:2: expected at most 3 bytes, got 4");
}

TEST_CASE("rows are found by one column or several, and again after the file has changed") {
  const TemporaryFolder folder;
  const std::string path =
      folder.write("cards.csv", "account,card,limit\n6222,gold,500\n6222,blue,90\n6223,gold,1\n");
  AsioLoop loop;
  const auto source =
      make_file_source(loop, {.name = "cards"},
                       {.path = path, .queries = {{"of", {"account"}}, {"one", {"account", "card"}}}});

  const SourceAnswer cards = ask(loop, *source, "of", {{"account", 6222}});
  const SourceAnswer blue = ask(loop, *source, "one", {{"account", "6222"}, {"card", "blue"}});
  const SourceAnswer none = ask(loop, *source, "one", {{"account", "6223"}, {"card", "blue"}});
  folder.write("cards.csv", "account,card,limit\n6223,blue,75\n");
  const SourceAnswer changed = ask(loop, *source, "one", {{"account", "6223"}, {"card", "blue"}});

  REQUIRE(cards.rows.size() == 2);
  CHECK(cards.rows[0].at("card") == Value("gold"));
  CHECK(cards.rows[1].at("card") == Value("blue"));
  CHECK(blue.get("limit") == Value("90"));
  CHECK(none.outcome == Outcome::not_found);
  CHECK(changed.get("limit") == Value("75"));
}

TEST_CASE("a file that is missing or broken has failed, with the place") {
  const TemporaryFolder folder;
  AsioLoop loop;
  const std::string path = folder / "a.csv";
  const auto source = make_file_source(loop, {.name = "a"}, {.path = path, .queries = {{"q", {"id"}}}});
  const auto why = [&] {
    const SourceAnswer answer = ask(loop, *source, "q", {{"id", 1}});
    CHECK(answer.outcome == Outcome::failed);
    return answer.why;
  };

  CHECK(why() == path + " cannot be read: No such file or directory");
  folder.write("a.csv", "id\n1,2\n");
  CHECK(why() == path + ":2: expected 1 values, got 2");
  folder.write("a.csv", "number\n12\n");
  CHECK(why() == path + " has no column 'id', which query q compares");
}

TEST_CASE("a file that cannot be asked is refused when it is configured") {
  SimLoop loop;
  const auto refusal = [&loop](TableFile file) {
    return thrown(Error::Code::invalid, [&] { make_file_source(loop, {.name = "a"}, file); });
  };

  CHECK(refusal({}) == "source a: path: expected the file, got \"\"");
  CHECK(refusal({.path = "x", .queries = {{"q", {}}}}) ==
        "source a: query q compares no column: name at least one");
  CHECK(refusal({.path = "x", .widths = {{"id", 0}}}) ==
        "source a: widths: column id: expected 1 or more bytes, got 0");
  CHECK(refusal({.path = "x", .separator = '"'}).starts_with("source a: separator: expected one such as"));
}

// SPDX-License-Identifier: Apache-2.0
#include "app/customers_section.hpp"

#include <algorithm>
#include <fstream>

namespace vcsr {

namespace {

constexpr std::size_t key_digits = 64;

int digit_of(char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const std::size_t found = digits.find(c);
  return found == digits.npos ? -1 : static_cast<int>(found);
}

/// A file of 64 hexadecimal digits; empty when it holds anything else.
Secret key_in(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!file || !std::getline(file, line) || line.size() != key_digits) return {};
  std::string bytes;
  for (std::size_t i = 0; i < line.size(); i += 2) {
    const int high = digit_of(line[i]), low = digit_of(line[i + 1]);
    if (high < 0 || low < 0) return {};
    bytes += static_cast<char>(high << 4 | low);
  }
  return Secret(std::move(bytes));
}

void read_retention(TomlSection& customers, Retention& retention) {
  auto section = customers.section("retention");
  if (!section) return;
  const auto read = [&section](const char* key, std::optional<Duration>& keep) {
    Duration time{};
    if (section->read(key, time, std::chrono::hours(1))) keep = time;
  };
  read("contacts", retention.contacts);
  read("notes", retention.notes);
  read("matters", retention.matters);
  read("provisional", retention.provisional);
  section->finish();
}

void read_attributes(TomlSection& customers, std::map<std::string, AttributeType>& attributes) {
  auto section = customers.section("attributes");
  if (!section) return;
  for (const auto& [name, ignored] : section->rest())
    section->read<AttributeType>(name, attributes[name],
                                 {{"text", AttributeType::text},
                                  {"whole", AttributeType::whole},
                                  {"number", AttributeType::number},
                                  {"boolean", AttributeType::boolean},
                                  {"date", AttributeType::date},
                                  {"list", AttributeType::list}});
}

void read_identify(TomlSection& section, Config& config) {
  IdentifyConfig identify;
  section.require("source", identify.source);
  section.require("query", identify.query);
  section.read("kinds", identify.kinds);
  section.read("limit", identify.limit);
  section.finish();
  std::string names;
  for (const SourceConfig& source : config.sources)
    names += (names.empty() ? "" : ", ") + source.options.name;
  const bool known =
      std::any_of(config.sources.begin(), config.sources.end(),
                  [&](const SourceConfig& source) { return source.options.name == identify.source; });
  if (!identify.source.empty() && !known)
    section.fault("source", "there is no [source." + identify.source +
                                "]; there are: " + (names.empty() ? "none" : names));
  config.customers.identify.push_back(std::move(identify));
}

}  // namespace

void read_customers(TomlSection& section, const std::function<std::string(const std::string&)>& absolute,
                    Config& config) {
  CustomersConfig& customers = config.customers;
  section.read("region", customers.options.region);
  const std::string& region = customers.options.region;
  const bool is_region = region.size() == 2 && std::all_of(region.begin(), region.end(),
                                                           [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!region.empty() && !is_region) section.wrong("region", "a country such as \"CN\" or \"DE\"");
  section.read("provisional", customers.provisional);
  std::string key_file;
  if (section.read("master_key_file", key_file)) {
    customers.options.master_key = key_in(absolute(key_file));
    if (customers.options.master_key.empty())
      section.fault("master_key_file",
                    "expected a file with 64 hexadecimal digits, as vcsr recording new-key makes "
                    "them, got " +
                        absolute(key_file));
  }
  read_attributes(section, customers.options.attributes);
  read_retention(section, customers.retention);
  for (TomlSection& identify : section.sections("identify")) read_identify(identify, config);
  section.finish();
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
// How well it is told who answers a call: synthesized greetings, menus, tones and empty lines, in percent of
// the samples. The table of what was taken for what goes to standard error.
#include <cstdio>

#include "media/detection/answerer_samples.hpp"

using namespace vcsr;
using test::AnswererConfusion;
using Kind = Answerer::Kind;

namespace {

constexpr Kind kinds[] = {Kind::human, Kind::machine, Kind::fax, Kind::ivr, Kind::no_speech, Kind::unknown};

AnswererConfusion measure(const std::vector<test::AnswererSample>& samples, const AnswererOptions& options) {
  AnswererConfusion confusion;
  for (const test::AnswererSample& sample : samples)
    confusion.add(sample.kind, test::detect(sample, options).kind);
  return confusion;
}

void print(const char* title, const AnswererConfusion& confusion) {
  std::fprintf(stderr, "%s\n%12s", title, "");
  for (const Kind kind : kinds) std::fprintf(stderr, "%11s", to_string(kind));
  for (const Kind is : kinds) {
    if (confusion.of(is) == 0) continue;
    std::fprintf(stderr, "\n%12s", to_string(is));
    for (const Kind taken_for : kinds) std::fprintf(stderr, "%11d", confusion.taken(is, taken_for));
  }
  std::fprintf(stderr, "\n");
}

/// The same as JSON: {"human": {"human": 50, "machine": 4}, …}.
void print_taken(const AnswererConfusion& confusion) {
  const char* before_row = "{";
  for (const Kind is : kinds) {
    if (confusion.of(is) == 0) continue;
    std::printf("%s\"%s\": ", before_row, to_string(is));
    const char* before = "{";
    for (const Kind taken_for : kinds) {
      if (confusion.taken(is, taken_for) == 0) continue;
      std::printf("%s\"%s\": %d", before, to_string(taken_for), confusion.taken(is, taken_for));
      before = ", ";
    }
    std::printf("}");
    before_row = ", ";
  }
  std::printf("}");
}

}  // namespace

int main() {
  const std::vector<test::AnswererSample> samples = test::AnswererSamples().all();
  const AnswererConfusion fast = measure(samples, {});
  const AnswererConfusion patient = measure(samples, {.until_beep = true});
  print("decided within seconds, without telling menus from machines:", fast);
  print("listening until the beep:", patient);
  std::printf(
      "{\"name\": \"amd_confusion\", \"value\": %.1f, \"count\": %d, \"people\": %d, \"people_lost\": %d, "
      "\"people_lost_fast\": %d, \"taken_for\": ",
      100.0 * patient.correct() / patient.total(), patient.total(), patient.of(Kind::human),
      patient.people_lost(), fast.people_lost());
  print_taken(patient);
  std::printf("}\n");
}

// SPDX-License-Identifier: Apache-2.0
#include "core/identify_sources.hpp"

#include <algorithm>

#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

/// What each source answered, and how many have not yet.
struct Asking {
  explicit Asking(Loop& loop, std::size_t count) : answers(count), missing(count), all(loop) {}
  std::vector<SourceAnswer> answers;
  std::size_t missing;
  Event<std::monostate> all;
};

bool is_asked_for(const IdentifySource& source, const std::string& kind) {
  return source.kinds.empty() ||
         std::find(source.kinds.begin(), source.kinds.end(), kind) != source.kinds.end();
}

Task<SourceAnswer> answer_of(std::shared_ptr<DataSource> source, std::string query, Facts parameters,
                             Duration limit) {
  SourceAnswer answer;
  try {
    answer = co_await source->ask(std::move(query), std::move(parameters), limit);
  } catch (const Error& error) {
    answer = {.outcome = SourceAnswer::Outcome::failed, .rows = {}, .why = error.what()};
  }
  co_return answer;
}

Task<> ask_one(std::shared_ptr<Contact::Impl> contact, const IdentifySource& source, Facts parameters,
               std::size_t place, std::shared_ptr<Asking> asking) {
  Loop& loop = contact->services->loop;
  const Timestamp began = loop.now();
  const std::string name = source.source->name(), query = source.query;
  Task<SourceAnswer> answering = answer_of(source.source, query, std::move(parameters), source.limit);
  SourceAnswer answer = co_await std::move(answering);
  if (contact->writable()) {
    Facts asked{{"source", name},
                {"query", query},
                {"outcome", to_string(answer.outcome)},
                {"took", seconds(loop.now() - began)}};
    if (!answer.why.empty()) asked.emplace("why", answer.why);
    contact->append(events::source_asked, std::move(asked));
  }
  asking->answers[place] = std::move(answer);
  if (--asking->missing == 0) asking->all.set({});
}

}  // namespace

Task<> ask_sources(std::shared_ptr<Contact::Impl> contact, Identity identity) {
  const std::vector<IdentifySource>& sources = contact->services->options.identify_sources;
  const std::string value =
      identity.kind == "phone" ? normalized_phone(identity.value) : std::move(identity.value);
  auto asking = std::make_shared<Asking>(contact->services->loop, sources.size());
  Scope scope(contact->services->loop);
  for (std::size_t place = 0; place < sources.size(); ++place) {
    if (!is_asked_for(sources[place], identity.kind)) {
      if (--asking->missing == 0) asking->all.set({});
      continue;
    }
    Facts parameters{{"identity", value}, {identity.kind, value}};
    scope.spawn(ask_one(contact, sources[place], std::move(parameters), place, asking));
  }
  co_await asking->all;
  for (std::size_t place = 0; place < sources.size(); ++place) {
    const SourceAnswer& answer = asking->answers[place];
    if (!answer.found()) continue;
    for (const auto& [column, content] : answer.rows.front())
      contact->context().set(column, content, sources[place].source->name());
  }
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "vcsr/base/task.hpp"
#include "vcsr/base/value.hpp"
#include "vcsr/store/customer_store.hpp"

namespace vcsr {

/// Where a piece of collected data comes from.
struct Origin {
  std::string source = {};
  double confidence = 1;
};

/// What is known of the customer during a contact: the folder, the contacts before, and the data
/// collected in this one, which goes along to the agent. A handle on the contact's state.
class VCSR_EXPORT CustomerContext {
 public:
  /// Whether somebody has been recognized.
  bool known() const;
  /// Empty unless known(): also the three below.
  const std::string& id() const;
  const std::string& name() const;
  const Facts& indicators() const;
  /// Contacts before this one, newest first, at most 20.
  const std::vector<ContactRecord>& history() const;
  /// Everything that is kept of the customer; empty unless known().
  const Customer& folder() const;
  /// Keeps a changed folder, journals it and shows it to the agent. Throws Error: refused unless it is this
  /// customer's, and what CustomerStore::save() throws.
  Task<> save(Customer folder);

  /// Data collected in this contact; null when it was not.
  Value get(std::string_view key) const;
  /// Keeps a piece of data, journals it and shows it to the agent. Secrets do not convert to Value.
  void set(std::string key, Value value);
  /// The same, with where it comes from ("speech", "crm") and how sure that is, 0 to 1.
  void set(std::string key, Value value, std::string source, double confidence = 1);
  const Facts& collected() const;
  /// Where a piece of data comes from; source "" and confidence 1 where nobody said.
  Origin origin(std::string_view key) const;

  /// What the agent might do next, shown to her; the last one counts, "" takes it back.
  void suggest(std::string action);
  const std::string& suggestion() const;

  /// A snapshot for a RuleSet: indicators, then collected data, then "from", "to", "direction", "channel",
  /// "language", "known" and "contacts" (their number); later ones win.
  Facts facts() const;

  /// Looks the customer up, by the customer's number unless told otherwise, and loads folder and history;
  /// the back office (CenterOptions::identify_sources) is asked at the same time, and what it knows is then
  /// collected. False when nobody is found; what was known then stays. A stranger gets a provisional folder
  /// where CenterOptions::provisional_customers says so, and is then known. A store that cannot serve is
  /// journalled and counts as nobody found: a dialogue goes on without it, as it does without a back office
  /// that is late.
  Task<bool> identify();
  Task<bool> identify(Identity identity);

  class Impl;
  explicit CustomerContext(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

 private:
  std::shared_ptr<Impl> impl_;
};

}  // namespace vcsr

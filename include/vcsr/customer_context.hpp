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

  /// Data collected in this contact; null when it was not.
  Value get(std::string_view key) const;
  /// Keeps a piece of data, journals it and shows it to the agent. Secrets do not convert to Value.
  void set(std::string key, Value value);
  const Facts& collected() const;

  /// A snapshot for a RuleSet: indicators, then collected data, then "from", "to", "direction", "channel",
  /// "language", "known" and "contacts" (their number); later ones win.
  Facts facts() const;

  /// Looks the customer up, by the customer's number unless told otherwise, and loads folder and history.
  /// False when nobody is found; what was known then stays. A store that cannot serve is journalled and
  /// counts as nobody found: a dialogue goes on without it.
  Task<bool> identify();
  Task<bool> identify(Identity identity);

  class Impl;
  explicit CustomerContext(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

 private:
  std::shared_ptr<Impl> impl_;
};

}  // namespace vcsr

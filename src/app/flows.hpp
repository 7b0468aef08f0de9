// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "vcsr/base/error.hpp"
#include "vcsr/base/value.hpp"
#include "vcsr/center.hpp"

namespace vcsr {

class Loop;

/// Makes the dialogue behind a number from the settings that stand beside it in the configuration,
/// and "folder", where relative paths in them start. Throws Error for settings it cannot take. The
/// center and the loop outlive what it makes.
using Flow = std::function<Dialogue(Center&, Loop&, const Facts&)>;

/// The flows that a configuration can name.
class Flows {
 public:
  void add(std::string name, Flow flow);
  /// Throws Error(not_found) that names `place`, where it was asked for, and the flows there are.
  const Flow& find(const std::string& name, const Place& place = {}) const;

 private:
  std::map<std::string, Flow, std::less<>> flows_;
};

/// "answer" answers and waits; "ivr" plays a prompt over and over and takes digits; "queue" leads
/// to the agents of a queue, "voicemail", "mailbox" and "extension" are those of voicemail_flows.hpp.
Flows built_in_flows();

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "vcsr/base/time.hpp"
#include "vcsr/base/value.hpp"
#include "vcsr/opening_hours.hpp"
#include "vcsr/telephony/address.hpp"

namespace vcsr {

/// How a queue calls customers back who would rather not wait on the line. Center::add_queue() throws
/// Error(invalid) naming the term for what is out of range, and for `numbers` that are no prefixes.
struct CallbackTerms {
  enum class First {
    agent,     ///< her telephone rings, and when she has answered the customer is called
    customer,  ///< is called while an agent is reserved, and then connected as a waiting caller is
  };

  First first = First::agent;
  int tries = 3;                                    ///< calls to the customer, at least 1
  Duration retry_after = std::chrono::minutes(10);  ///< after a call that the customer did not answer; over 0
  Duration ring_time = std::chrono::seconds(30);    ///< of the customer's telephone; at least 15 s
  /// Shown to the customer; empty: the number that she had called.
  Address from = {};
  /// What the numbers begin with that are called back, such as "+49" and "0"; none: customers are called at
  /// the number they call from and cannot give another. A trunk's own prefixes hold besides.
  std::vector<std::string> numbers = {};
  /// The customer hears her number and confirms it; else pressing the key is enough where it is known.
  bool confirm = true;
  std::size_t limit = 500;  ///< callbacks that may be open; QueueOptions::limit does not count for them
  /// When customers are called, and by whose clocks they choose a time. Without them at any time, and nobody
  /// is asked for one.
  std::optional<OpeningHours> hours = {};
  /// Steps of priority of a callback at a time the customer chose.
  int preference = 10;
  /// Callers whom the end of the program has cut off while they waited are called back.
  bool after_crash = false;
};

/// A customer who is to be called back; see Queue::call_back().
struct CallbackRequest {
  Address to;                       ///< the customer
  Address from = {};                ///< shown to her; empty: CallbackTerms::from
  std::optional<WallTime> at = {};  ///< enters the queue then; nothing: at once
  Duration waited{};                ///< counts as waited in the queue
  int priority = 0;
  std::string reason = {};
  std::string language = {};  ///< BCP 47; "": the center's
  Facts collected = {};
};

}  // namespace vcsr

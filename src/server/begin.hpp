// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <memory>
#include <utility>

#include "vcsr/base/error.hpp"
#include "vcsr/base/together.hpp"

namespace vcsr {

template <class T>
Task<> carry_out(Task<T> task, std::shared_ptr<std::exception_ptr> fault) {
  try {
    co_await std::move(task);
  } catch (const Error&) {
    *fault = std::current_exception();
  }
}

/// Goes on in `work`; what is refused before the first suspension is thrown.
template <class T>
void begin(Scope& work, Task<T> task) {
  const auto fault = std::make_shared<std::exception_ptr>();
  work.spawn(carry_out(std::move(task), fault));
  if (*fault) std::rethrow_exception(*fault);
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "vcsr/base/export.hpp"

namespace vcsr {

/// A PIN, a card number, a password. It does not print, log, journal or convert itself to
/// text; its memory is wiped when it dies. Whoever needs the text says reveal().
class VCSR_EXPORT Secret {
 public:
  Secret() = default;
  explicit Secret(const std::string& text);
  /// Leaves nothing in `text`.
  explicit Secret(std::string&& text);
  Secret(const Secret& other);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret other) noexcept;
  ~Secret();

  bool empty() const { return text_.empty(); }
  const std::string& reveal() const { return text_; }

  /// Takes the same time wherever the texts differ.
  bool matches(std::string_view text) const noexcept;

 private:
  void keep(const std::string& text);
  std::string text_;
};

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/secret.hpp"

#include <string.h>

#include <algorithm>
#include <utility>

namespace vcsr {

namespace {

void wipe(std::string& text) { explicit_bzero(text.data(), text.capacity()); }

/// Short strings live inside their object and leave their bytes behind wherever it is moved from.
/// With so much room it is one piece of memory that changes hands.
constexpr std::size_t too_long_for_that = 63;

}  // namespace

Secret::Secret(const std::string& text) { keep(text); }

Secret::Secret(std::string&& text) {
  keep(text);
  wipe(text);
  text.clear();
}

Secret::Secret(const Secret& other) { keep(other.text_); }

Secret::Secret(Secret&& other) noexcept : text_(std::move(other.text_)) { other.text_.clear(); }

Secret& Secret::operator=(Secret other) noexcept {
  text_.swap(other.text_);
  return *this;
}

Secret::~Secret() { wipe(text_); }

void Secret::keep(const std::string& text) {
  text_.reserve(std::max(text.size(), too_long_for_that));
  text_ = text;
}

bool Secret::matches(std::string_view text) const noexcept {
  unsigned difference = text.size() != text_.size();
  for (std::size_t i = 0; i < text.size(); ++i)
    difference |=
        static_cast<unsigned char>(text[i]) ^ static_cast<unsigned char>(i < text_.size() ? text_[i] : 0);
  return difference == 0;
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/secret.hpp"

#include <string.h>

#include <utility>

namespace vcsr {

namespace {

void wipe(std::string& text) { explicit_bzero(text.data(), text.capacity()); }

}  // namespace

// A moved-from short string keeps its bytes, so moving is copying and wiping.
Secret::Secret(std::string text) : text_(text) { wipe(text); }

Secret::Secret(Secret&& other) noexcept : text_(other.text_) {
  wipe(other.text_);
  other.text_.clear();
}

Secret& Secret::operator=(Secret other) noexcept {
  text_.swap(other.text_);
  return *this;
}

Secret::~Secret() { wipe(text_); }

bool Secret::matches(std::string_view text) const noexcept {
  unsigned difference = text.size() != text_.size();
  for (std::size_t i = 0; i < text.size(); ++i)
    difference |=
        static_cast<unsigned char>(text[i]) ^ static_cast<unsigned char>(i < text_.size() ? text_[i] : 0);
  return difference == 0;
}

}  // namespace vcsr

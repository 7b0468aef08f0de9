// SPDX-License-Identifier: Apache-2.0
#include "vcsr/telephony/address.hpp"

namespace vcsr {

std::string_view Address::scheme() const {
  const std::string_view all = uri;
  const std::size_t colon = all.find(':');
  return colon == std::string_view::npos ? std::string_view() : all.substr(0, colon);
}

std::string_view Address::user() const {
  const std::string_view kind = scheme();
  if (kind.empty()) return {};
  std::string_view rest = std::string_view(uri).substr(kind.size() + 1);
  // An '@' in the parameters or headers of a URI does not end its user.
  const std::size_t end = rest.find_first_of("?");
  const std::size_t at = rest.substr(0, end).find('@');
  rest = at == std::string_view::npos ? rest.substr(0, rest.find_first_of(";?")) : rest.substr(0, at);
  return rest.substr(0, rest.find_first_of(":;"));
}

}  // namespace vcsr

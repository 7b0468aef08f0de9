// SPDX-License-Identifier: Apache-2.0
#include "media/prompt/slots.hpp"

#include <algorithm>

#include "vcsr/base/error.hpp"

namespace vcsr {

std::vector<TextPiece> split_slots(std::string_view text) {
  std::vector<TextPiece> pieces;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::string_view plain = text.substr(0, open);
    if (plain.find('}') != std::string_view::npos)
      throw Error(Error::Code::invalid, "'}' without '{'; slots are written \"{name}\"");
    if (!plain.empty()) pieces.push_back({std::string(plain)});
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos)
      throw Error(Error::Code::invalid, "'{' without '}'; slots are written \"{name}\"");
    const std::string_view name = text.substr(open + 1, close - open - 1);
    if (name.empty() || name.find('{') != std::string_view::npos)
      throw Error(Error::Code::invalid,
                  "\"{" + std::string(name) + "}\" names no slot; slots are written \"{name}\"");
    pieces.push_back({std::string(name), true});
    text.remove_prefix(close + 1);
  }
  return pieces;
}

std::string fill_slots(const std::string& prompt, std::string_view text,
                       const std::map<std::string, Spoken>& values, std::string_view language) {
  const std::vector<TextPiece> pieces = split_slots(text);
  for (const auto& [name, value] : values) {
    const auto is_it = [&name = name](const TextPiece& piece) { return piece.is_slot && piece.text == name; };
    if (std::none_of(pieces.begin(), pieces.end(), is_it))
      throw Error(Error::Code::invalid, "prompt \"" + prompt + "\" (" + std::string(language) +
                                            "): its text has no slot {" + name + "}; the text is \"" +
                                            std::string(text) + "\"");
  }
  std::string filled;
  for (const TextPiece& piece : pieces) {
    if (!piece.is_slot) {
      filled += piece.text;
      continue;
    }
    const auto value = values.find(piece.text);
    if (value == values.end())
      throw Error(Error::Code::invalid, "prompt \"" + prompt + "\" (" + std::string(language) + "): slot {" +
                                            piece.text + "} has no value; give it with .with(\"" +
                                            piece.text + "\", …)");
    filled += value->second.text(language);
  }
  return filled;
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "acd/requirement_node.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

using Node = Requirement::Node;

constexpr std::size_t longest = 4096;
constexpr int deepest = 32;
constexpr int highest_level = 1'000'000;

/// The length of the UTF-8 character that begins here; 0 when none does (RFC 3629).
std::size_t character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(at);
  const std::size_t size = lead < 0x80   ? 1
                           : lead < 0xC2 ? 0
                           : lead < 0xE0 ? 2
                           : lead < 0xF0 ? 3
                           : lead < 0xF5 ? 4
                                         : 0;
  if (size == 0 || at + size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
  if ((lead == 0xE0 && byte(at + 1) < 0xA0) || (lead == 0xED && byte(at + 1) > 0x9F)) return 0;
  if ((lead == 0xF0 && byte(at + 1) < 0x90) || (lead == 0xF4 && byte(at + 1) > 0x8F)) return 0;
  return size;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '-' ||
         c == '.' || (c & 0x80) != 0;
}
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {
    if (text.size() > longest)
      throw Error(Error::Code::invalid, "requirement: expected at most 4096 bytes, got " +
                                            std::to_string(text.size()) +
                                            "; define a skill for what is common");
    for (std::size_t next = 0; next < text.size();) {
      const std::size_t size = character_at(text, next);
      if (size == 0 || text[next] == 0)
        throw Error(Error::Code::invalid, "requirement: byte " + std::to_string(next + 1) + " of " +
                                              std::to_string(text.size()) +
                                              " is no UTF-8 text; save the text as UTF-8");
      next += size;
    }
  }

  Node whole() {
    skip_spaces();
    if (at_end()) return {};
    Node node = any(0);
    if (!at_end())
      fail(text_[at_] == ')' ? "there is no '(' for this ')'; take one of them away or add the other"
                             : "expected 'and', 'or' or the end, got " + found());
    return node;
  }

 private:
  bool at_end() const { return at_ == text_.size(); }
  void skip_spaces() {
    while (!at_end() && is_space(text_[at_])) ++at_;
  }

  std::string found() const {
    if (at_end()) return "the end";
    std::size_t end = at_;
    while (end < text_.size() && is_name(text_[end])) ++end;
    if (end == at_) end += character_at(text_, at_);
    return "'" + std::string(text_.substr(at_, end - at_)) + "'";
  }

  [[noreturn]] void fail(const std::string& what) const {
    const auto column = std::count_if(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                      [](char c) { return (c & 0xC0) != 0x80; }) +
                        1;
    throw Error(Error::Code::invalid,
                "requirement '" + std::string(text_) + "', column " + std::to_string(column) + ": " + what);
  }

  /// The word that begins here, not yet taken.
  std::string_view word() const {
    std::size_t end = at_;
    while (end < text_.size() && is_name(text_[end])) ++end;
    return text_.substr(at_, end - at_);
  }
  bool take(std::string_view token) {
    const bool is_word = is_name(token.front());
    if (is_word ? word() != token : !text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    skip_spaces();
    return true;
  }

  Node any(int depth) { return series(Node::Kind::any, "or", &Parser::all, depth); }
  Node all(int depth) { return series(Node::Kind::all, "and", &Parser::single, depth); }

  Node series(Node::Kind kind, std::string_view joint, Node (Parser::*part)(int), int depth) {
    Node first = (this->*part)(depth);
    if (word() != joint) return first;
    Node node{.kind = kind};
    node.parts.push_back(std::move(first));
    while (take(joint)) node.parts.push_back((this->*part)(depth));
    return node;
  }

  Node single(int depth) {
    if (depth == deepest) fail("nested more than 32 deep; define a skill for a part of it");
    if (take("not")) {
      Node node{.kind = Node::Kind::negation};
      node.parts.push_back(single(depth + 1));
      return node;
    }
    if (take("(")) {
      Node node = any(depth + 1);
      if (!take(")")) fail("expected ')', got " + found());
      return node;
    }
    return comparison();
  }

  Node comparison() {
    Node node{.kind = Node::Kind::comparison, .skill = name()};
    const std::optional<Node::Operator> operation = comparison_operator();
    if (!operation) return node;
    node.operation = *operation;
    node.level = level();
    return node;
  }

  std::string name() {
    if (!at_end() && text_[at_] == '"') return quoted_name();
    const std::string_view name = word();
    if (name.empty() || name == "and" || name == "or")
      fail("expected a skill, 'not' or '(', got " + found() + "; other names go in double quotes");
    if (std::all_of(name.begin(), name.end(), is_digit))
      fail("expected a skill, got the number " + std::string(name) + "; write the skill first: billing >= 3");
    at_ += name.size();
    skip_spaces();
    return std::string(name);
  }

  std::string quoted_name() {
    const std::size_t end = text_.find('"', at_ + 1);
    if (end == std::string_view::npos) fail("the double quote is not closed; add one behind the name");
    if (end == at_ + 1) fail("expected a name between the double quotes");
    std::string name(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    skip_spaces();
    return name;
  }

  std::optional<Node::Operator> comparison_operator() {
    if (take("==")) return Node::Operator::equal;
    if (take(">=") || take("≥")) return Node::Operator::at_least;
    if (take("<=") || take("≤")) return Node::Operator::at_most;
    if (take(">")) return Node::Operator::above;
    if (take("<")) return Node::Operator::below;
    if (take("=")) return Node::Operator::equal;
    if (text_.substr(at_).starts_with("!")) fail("there is no '!'; write not skill = level");
    return {};
  }

  int level() {
    const std::string_view digits = word();
    int level = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), level);
    if (digits.empty() || !is_digit(digits.front()) || error != std::errc() ||
        end != digits.data() + digits.size() || level > highest_level)
      fail("expected a level from 0 to 1000000, got " + found());
    at_ += digits.size();
    skip_spaces();
    return level;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Requirement::Node parse_requirement(std::string_view text) { return Parser(text).whole(); }

}  // namespace vcsr

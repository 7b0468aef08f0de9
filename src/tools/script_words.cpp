// SPDX-License-Identifier: Apache-2.0
#include "tools/script_words.hpp"

#include <utility>

namespace vcsr {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

class Splitter {
 public:
  explicit Splitter(std::string_view line, int number, std::vector<Statement>& out)
      : line_(line), number_(number), out_(out) {}

  void split() {
    begin();
    while (at_ < line_.size() && line_[at_] != '#') {
      if (is_space(line_[at_])) ++at_;
      else if (line_[at_] == ';') end(1);
      else if (line_[at_] == '"') quoted();
      else plain();
    }
    end(0);
  }

 private:
  void begin() {
    statement_ = {};
    statement_.line = number_;
    began_ = at_;
  }
  void end(std::size_t skip) {
    std::string_view source = line_.substr(began_, at_ - began_);
    while (!source.empty() && is_space(source.front())) source.remove_prefix(1);
    while (!source.empty() && is_space(source.back())) source.remove_suffix(1);
    statement_.source = source;
    if (!statement_.words.empty()) out_.push_back(std::move(statement_));
    at_ += skip;
    begin();
  }
  void quoted() {
    std::string text;
    for (++at_; at_ < line_.size() && line_[at_] != '"'; ++at_) {
      const bool escape = line_[at_] == '\\' && at_ + 1 < line_.size();
      text += escape ? line_[++at_] : line_[at_];
    }
    if (at_ == line_.size()) statement_.fault = "a quote is not closed";
    else ++at_;
    statement_.words.push_back({std::move(text), true});
  }
  void plain() {
    const std::size_t from = at_;
    while (at_ < line_.size() && !is_space(line_[at_]) && !ends_statement()) ++at_;
    statement_.words.push_back({std::string(line_.substr(from, at_ - from)), false});
  }
  /// A ";" inside a word, as in "sip:1002;transport=tcp", belongs to the word.
  bool ends_statement() const {
    return line_[at_] == ';' && (at_ + 1 == line_.size() || is_space(line_[at_ + 1]));
  }

  std::string_view line_;
  int number_;
  std::vector<Statement>& out_;
  Statement statement_;
  std::size_t at_ = 0, began_ = 0;
};

}  // namespace

std::vector<Statement> split_script(std::string_view text) {
  std::vector<Statement> all;
  int number = 1;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    Splitter(text.substr(0, end), number++, all).split();
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return all;
}

}  // namespace vcsr

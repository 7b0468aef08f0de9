// SPDX-License-Identifier: Apache-2.0
#define PCRE2_CODE_UNIT_WIDTH 8
#include "rules/feel/patterns/pattern.hpp"

#include <algorithm>

#include <pcre2.h>

#include "rules/feel/patterns/pattern_translator.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::feel {

namespace {

// PCRE2 counts the steps anew at each character of a text: together they stay near this number.
constexpr std::size_t most_steps = 10'000'000;
constexpr std::size_t least_steps_each = 5'000;
constexpr std::size_t most_steps_each = 1'000'000;
constexpr std::uint32_t most_kilobytes = 20'000;

struct Release {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
  void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
  void operator()(pcre2_compile_context* context) const { pcre2_compile_context_free(context); }
};

template <class T>
using Owned = std::unique_ptr<T, Release>;

PCRE2_SPTR bytes(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

std::string message_of(int error) {
  PCRE2_UCHAR text[256];
  pcre2_get_error_message(error, text, sizeof text);
  return reinterpret_cast<const char*>(text);
}

Owned<pcre2_match_context> limits(std::size_t length) {
  Owned<pcre2_match_context> context(pcre2_match_context_create(nullptr));
  const auto each = std::clamp(most_steps / (length + 1), least_steps_each, most_steps_each);
  pcre2_set_match_limit(context.get(), static_cast<std::uint32_t>(each));
  pcre2_set_heap_limit(context.get(), most_kilobytes);
  return context;
}

}  // namespace

struct Pattern::Compiled {
  Owned<pcre2_code> code;
};

Pattern::Pattern(std::string_view pattern, std::string_view flags) {
  const auto parsed = PatternFlags::parse(flags);
  PatternTranslator translator(pattern, parsed);
  const auto text = translator.translate();
  groups_ = translator.groups();
  literal_ = parsed.literal;
  Owned<pcre2_compile_context> context(pcre2_compile_context_create(nullptr));
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
  const auto options = PCRE2_UTF | PCRE2_MATCH_UNSET_BACKREF | (parsed.ignore_case ? PCRE2_CASELESS : 0);
  int error = 0;
  PCRE2_SIZE at = 0;
  Owned<pcre2_code> code(pcre2_compile(bytes(text), text.size(), options, &error, &at, context.get()));
  if (code == nullptr) throw Error(Error::Code::invalid, "the pattern: " + message_of(error));
  compiled_ = std::make_shared<const Compiled>(Compiled{std::move(code)});
}

std::optional<Pattern::Match> Pattern::find(std::string_view text, std::size_t from) const {
  const auto* const code = compiled_->code.get();
  const Owned<pcre2_match_data> data(pcre2_match_data_create_from_pattern(code, nullptr));
  const auto context = limits(text.size());
  // Only the first look has to see whether it is UTF-8.
  const auto options = from == 0 ? 0 : PCRE2_NO_UTF_CHECK;
  const auto count = pcre2_match(code, bytes(text), text.size(), from, options, data.get(), context.get());
  if (count == PCRE2_ERROR_NOMATCH) return std::nullopt;
  if (count == PCRE2_ERROR_MATCHLIMIT || count == PCRE2_ERROR_HEAPLIMIT || count == PCRE2_ERROR_DEPTHLIMIT) {
    throw Error(Error::Code::timed_out,
                "the pattern takes too many steps on this text: it repeats what itself repeats");
  }
  if (count < 0) throw Error(Error::Code::invalid, "the text: " + message_of(count));
  const auto* const ends = pcre2_get_ovector_pointer(data.get());
  Match match{ends[0], ends[1], {}};
  for (int i = 0; i <= groups_; ++i) {
    const bool took_part = i < count && ends[2 * i] != PCRE2_UNSET;
    match.groups.push_back(took_part ? text.substr(ends[2 * i], ends[2 * i + 1] - ends[2 * i]) : "");
  }
  return match;
}

Replacement::Replacement(std::string_view text, const Pattern& pattern) {
  if (pattern.literal()) {
    parts_.push_back({std::string(text)});
    return;
  }
  const auto is_digit = [&](std::size_t at) {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
  };
  Part part;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\') {
      if (++at == text.size() || (text[at] != '\\' && text[at] != '$')) {
        throw Error(Error::Code::invalid, "the replacement: '\\' stands before '\\' or '$' only");
      }
      part.text += text[at];
    } else if (text[at] == '$') {
      if (!is_digit(at + 1))
        throw Error(Error::Code::invalid, "the replacement: expected a number after '$'");
      part.group = text[++at] - '0';
      // Further digits belong to it as long as there are so many groups.
      while (is_digit(at + 1) && part.group * 10 + (text[at + 1] - '0') <= pattern.groups()) {
        part.group = part.group * 10 + (text[++at] - '0');
      }
      parts_.push_back(std::move(part));
      part = {};
    } else {
      part.text += text[at];
    }
  }
  parts_.push_back(std::move(part));
}

std::string Replacement::of(const Pattern::Match& match) const {
  std::string result;
  for (const auto& part : parts_) {
    result += part.text;
    if (part.group >= 0 && static_cast<std::size_t>(part.group) < match.groups.size()) {
      result += match.groups[static_cast<std::size_t>(part.group)];
    }
  }
  return result;
}

}  // namespace vcsr::feel

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "vcsr/media/audio.hpp"
#include "vcsr/media/spoken.hpp"

namespace vcsr {

/// Something to be heard. `Prompt("main-menu")` names an entry of the prompt catalog, which
/// holds a recording or a text for every language; `Prompt::words("…")` is said as it stands.
/// Prompts are values: build them up with with(), in() and +.
class VCSR_EXPORT Prompt {
 public:
  enum class Kind { name, words, sound };
  /// One piece of a prompt; `kind` says which of its members count.
  struct Part {
    Kind kind;
    std::string text = {};  ///< the name, or the words
    SoundPtr sound = {};
    std::map<std::string, Spoken> slots = {};  ///< the one without a name is said in place of the words
    bool barge_in = true;                      ///< a question's answer may cut it short
  };

  /// Whether the catalog holds the name shows when it is played.
  Prompt(std::string name);
  Prompt(const char* name) : Prompt(std::string(name)) {}
  static Prompt words(std::string text);
  /// A number, an amount, a date between recordings: Prompt("balance-is") + Prompt::value(Spoken::money(…)).
  static Prompt value(Spoken value);
  /// Never null.
  static Prompt sound(SoundPtr sound);

  /// Fills "{slot}" in the catalog's text of the last part.
  Prompt with(std::string slot, Spoken value) const;
  /// Says it in this language ("en", "zh") whatever the call's language is.
  Prompt in(std::string language) const;
  /// All that is in it so far is heard to its end, even where a question may be answered early: a notice that
  /// the law demands.
  Prompt whole() const;
  /// One after the other; the language is the left one's, or else the right one's.
  friend VCSR_EXPORT Prompt operator+(Prompt left, const Prompt& right);

  /// Cut wherever what follows may be cut short and what comes before may not, or the other way round.
  std::vector<Prompt> passages() const;
  const std::vector<Part>& parts() const { return parts_; }
  /// Empty unless in() was called.
  const std::string& language() const { return language_; }

 private:
  explicit Prompt(Part part) { parts_.push_back(std::move(part)); }
  std::vector<Part> parts_;
  std::string language_;
};

}  // namespace vcsr

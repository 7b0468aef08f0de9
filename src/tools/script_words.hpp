// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vcsr {

struct Word {
  std::string text;
  bool quoted = false;
};

/// One step of a call script before it is understood.
struct Statement {
  int line = 0;  ///< from 1
  std::string source;
  std::vector<Word> words;  ///< at least one
  std::string fault;        ///< a quote that was not closed; "" otherwise
};

/// Statements end at line ends and at ";" after a word or alone; "#" at the start of a word begins
/// a comment; quoted text may hold anything, with \" and \\ for the two.
std::vector<Statement> split_script(std::string_view text);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace vcsr::rules::model {

/// What is wrong with a document, all of it.
class Faults {
 public:
  explicit Faults(std::string document) : document_(std::move(document)) {}

  /// `where` as "decision 'x': row 3, column 'y'"; may be empty.
  void add(int line, const std::string& where, const std::string& what);
  bool empty() const { return found_.empty(); }
  /// One line each, in the order of the document.
  std::vector<std::string> found() const;
  /// Throws Error(invalid) of what was found, if anything was.
  void refuse() const;

 private:
  std::string document_;
  struct Fault {
    int line;
    std::string text;
  };
  std::vector<Fault> found_;
};

}  // namespace vcsr::rules::model

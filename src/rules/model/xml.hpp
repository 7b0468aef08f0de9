// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

namespace vcsr::rules::model {

/// An XML document whose elements know the line they stand in and the namespace they are of. Throws
/// Error(invalid) that names the line where it is not well-formed.
class Xml {
 public:
  Xml(std::string_view text, const std::string& document);

  pugi::xml_node root() const { return tree_.document_element(); }
  /// Of the text inside where there is some, so that a fault in a cell is told where the cell's text begins.
  int line_of(pugi::xml_node node) const;
  /// Elements are compared without their prefix; those of another namespace than the root's are not seen.
  std::vector<pugi::xml_node> children(pugi::xml_node node) const;
  std::vector<pugi::xml_node> children(pugi::xml_node node, std::string_view name) const;
  pugi::xml_node child(pugi::xml_node node, std::string_view name) const;
  /// The namespace of a prefix where `node` stands; "" when there is none.
  std::string_view space_of(pugi::xml_node node, std::string_view prefix) const;

  static std::string_view local_name(pugi::xml_node node);
  static std::string_view prefix(pugi::xml_node node);
  /// All of the text in an element, with what CDATA sections hold.
  static std::string text_of(pugi::xml_node node);

 private:
  bool of_root_space(pugi::xml_node node) const;
  int line_at(std::ptrdiff_t offset) const;

  pugi::xml_document tree_;
  std::vector<std::ptrdiff_t> line_ends_;
};

/// Without spaces at its ends.
std::string trimmed(std::string_view text);
/// As FEEL compares names: one space for each run of them.
std::string name_of(std::string_view text);

}  // namespace vcsr::rules::model

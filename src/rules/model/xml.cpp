// SPDX-License-Identifier: Apache-2.0
#include "rules/model/xml.hpp"

#include <algorithm>

#include "vcsr/base/error.hpp"

namespace vcsr::rules::model {

namespace {

constexpr std::string_view spaces = " \t\r\n";

}  // namespace

Xml::Xml(std::string_view text, const std::string& document) {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
    line_ends_.push_back(static_cast<std::ptrdiff_t>(at));
  const pugi::xml_parse_result result =
      tree_.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
  if (!result)
    throw Error(Error::Code::invalid, Place{document, line_at(result.offset), {}},
                std::string("not well-formed XML: ") + result.description());
}

int Xml::line_at(std::ptrdiff_t offset) const {
  return 1 + static_cast<int>(std::lower_bound(line_ends_.begin(), line_ends_.end(), offset) -
                              line_ends_.begin());
}

int Xml::line_of(pugi::xml_node node) const {
  const pugi::xml_node inside = node.first_child();
  return line_at((inside.type() == pugi::node_pcdata ? inside : node).offset_debug());
}

std::string_view Xml::local_name(pugi::xml_node node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);
}

std::string_view Xml::prefix(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

std::string_view Xml::space_of(pugi::xml_node node, std::string_view prefix) const {
  const std::string attribute = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix);
  for (; node; node = node.parent())
    if (const pugi::xml_attribute found = node.attribute(attribute.c_str())) return found.value();
  return {};
}

bool Xml::of_root_space(pugi::xml_node node) const {
  const pugi::xml_node top = root();
  const std::string_view own = prefix(node);
  if (own == prefix(top) && !node.attribute("xmlns")) return true;
  return space_of(node, own) == space_of(top, prefix(top));
}

std::vector<pugi::xml_node> Xml::children(pugi::xml_node node) const {
  std::vector<pugi::xml_node> all;
  for (const pugi::xml_node child : node.children())
    if (child.type() == pugi::node_element && of_root_space(child)) all.push_back(child);
  return all;
}

std::vector<pugi::xml_node> Xml::children(pugi::xml_node node, std::string_view name) const {
  std::vector<pugi::xml_node> named;
  for (const pugi::xml_node child : node.children())
    if (child.type() == pugi::node_element && local_name(child) == name && of_root_space(child))
      named.push_back(child);
  return named;
}

pugi::xml_node Xml::child(pugi::xml_node node, std::string_view name) const {
  for (const pugi::xml_node child : node.children())
    if (child.type() == pugi::node_element && local_name(child) == name && of_root_space(child)) return child;
  return {};
}

std::string Xml::text_of(pugi::xml_node node) {
  std::string text;
  for (const pugi::xml_node child : node.children())
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
  return text;
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(spaces);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(spaces) - first + 1));
}

std::string name_of(std::string_view text) {
  std::string name;
  for (const char c : trimmed(text)) {
    if (spaces.find(c) == std::string_view::npos) name += c;
    else if (name.back() != ' ') name += ' ';
  }
  return name;
}

}  // namespace vcsr::rules::model

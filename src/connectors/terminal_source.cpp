// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "connectors/connection.hpp"
#include "connectors/line_socket.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/connectors/terminal.hpp"

namespace vcsr {

namespace {

using connectors::Question;

/// A value may not end the line and begin another command.
void require_line(const Question& question) {
  for (const auto& [name, value] : question.parameters)
    for (const char c : value.text())
      if (static_cast<unsigned char>(c) < ' ' || c == '\x7f')
        throw Error(Error::Code::invalid,
                    "parameter " + name + ": a control character cannot be sent to a terminal host");
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == text.npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

class TerminalConnection final : public connectors::Connection {
 public:
  explicit TerminalConnection(const TerminalHost& host) : host_(host) {}

  std::vector<Facts> ask(const Question& question) override {
    require_line(question);
    // Whatever goes wrong in the middle of a conversation, the next one begins anew.
    std::unique_ptr<connectors::LineSocket> line = std::exchange(line_, nullptr);
    if (!line) line = connect(question);
    const TerminalQuery& query = host_.queries.at(question.query);
    const std::string heard = talk(*line, query.steps, question.parameters, question);
    line_ = std::move(line);
    if (!query.not_found.empty() && heard.find(query.not_found) != heard.npos) return {};
    Facts row;
    for (const auto& [column, label] : query.columns) {
      const std::size_t begin = heard.find(label);
      if (begin == heard.npos) continue;
      const std::size_t from = begin + label.size();
      row.emplace(column, trimmed(heard.substr(from, heard.find('\n', from) - from)));
    }
    if (row.empty()) return {};
    return {row};
  }

 private:
  std::unique_ptr<connectors::LineSocket> connect(const Question& question) {
    auto line = std::make_unique<connectors::LineSocket>(host_.host, host_.port, question);
    const Facts parameters{{"user", host_.user}, {"password", host_.password.reveal()}};
    talk(*line, host_.login, parameters, question);
    return line;
  }

  /// What the last step heard.
  std::string talk(connectors::LineSocket& line, const std::vector<TerminalStep>& steps,
                   const Facts& parameters, const Question& question) {
    std::string heard;
    for (const TerminalStep& step : steps) {
      if (!step.send.empty())
        line.send(connectors::filled(step.send, parameters, [](const std::string& text) { return text; }) +
                      host_.line_end,
                  question);
      heard = line.heard_until(step.expect.empty() ? "\n" : step.expect, question);
    }
    return heard;
  }

  const TerminalHost& host_;
  std::unique_ptr<connectors::LineSocket> line_;
};

connectors::Queries needs_of(const std::string& source, const TerminalHost& host) {
  connectors::Queries needs;
  for (const auto& [name, query] : host.queries) {
    if (query.steps.empty())
      throw Error(Error::Code::invalid,
                  "source " + source + ": query " + name + " has no steps: say what is sent and expected");
    if (query.columns.empty())
      throw Error(Error::Code::invalid, "source " + source + ": query " + name +
                                            " has no columns: name each with the label before its value");
    for (const TerminalStep& step : query.steps)
      for (std::string& parameter : connectors::names_in_braces(step.send))
        needs[name].push_back(std::move(parameter));
    needs[name];
  }
  return needs;
}

}  // namespace

std::unique_ptr<DataSource> make_terminal_source(Loop& loop, ConnectorOptions options, TerminalHost host) {
  if (host.host.empty())
    throw Error(Error::Code::invalid,
                "source " + options.name + ": host: expected a name or address, got \"\"");
  connectors::Queries needs = needs_of(options.name, host);
  return connectors::make_source(loop, std::move(options), std::move(needs),
                                 [host = std::make_shared<const TerminalHost>(std::move(host))] {
                                   return std::make_unique<TerminalConnection>(*host);
                                 });
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "vcsr/base/secret.hpp"
#include "vcsr/connectors/connector.hpp"
#include "vcsr/data_source.hpp"

namespace vcsr {

/// One step of a conversation with a host: what is sent, and what must then come. Parameters stand in braces.
struct TerminalStep {
  std::string send = {};    ///< a line, without its end; "": nothing is sent, as before the first prompt
  std::string expect = {};  ///< text that ends the host's answer; "": the end of a line
};

/// A question to a terminal host.
struct TerminalQuery {
  std::vector<TerminalStep> steps = {};
  /// Of what the last step heard: columns and the label before each, up to the end of its line ("BALANCE:").
  std::map<std::string, std::string> columns = {};
  std::string not_found = {};  ///< text that says there is none; "": a row without columns does
};

/// A line-oriented host over TCP, as telnet speaks to it; options of telnet are declined.
struct TerminalHost {
  std::string host = {};
  std::uint16_t port = 23;
  std::vector<TerminalStep> login = {};  ///< after connecting; {user} and {password} are put in
  std::string user = {};
  Secret password = {};
  std::string line_end = "\r\n";
  std::map<std::string, TerminalQuery> queries = {};
};

/// A connection is kept between questions, and made again once it is lost. Throws Error(invalid) naming what
/// cannot be.
VCSR_EXPORT std::unique_ptr<DataSource> make_terminal_source(Loop& loop, ConnectorOptions options,
                                                             TerminalHost host);

}  // namespace vcsr

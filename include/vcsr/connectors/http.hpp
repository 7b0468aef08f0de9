// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>

#include "vcsr/base/secret.hpp"
#include "vcsr/connectors/connector.hpp"
#include "vcsr/data_source.hpp"

namespace vcsr {

/// One question to a web service.
struct HttpQuery {
  std::string method = "GET";  ///< of POST, PUT and PATCH the body is the parameters as a JSON object
  /// Below the service's URL: "/customers/{account}?fields=name". Parameters in braces are escaped.
  std::string path = {};
  /// JSON pointer to the row, or the list of rows, in the answer: "/result/accounts". "": the whole of it.
  std::string rows = {};
};

/// A web service that answers JSON.
struct HttpService {
  std::string url = {};                            ///< "https://crm.example.com/api"
  std::map<std::string, std::string> header = {};  ///< sent with every question
  Secret token = {};                               ///< "Authorization: Bearer …"; empty: none
  std::string authorities = {};                    ///< file of certificates to trust; "": the system's
  std::map<std::string, HttpQuery> queries = {};
};

/// 404, null and an empty list are not_found; 401, 403 and other 4xx are refused; 5xx, and what is no JSON,
/// are failed. Throws Error(invalid) naming what cannot be.
VCSR_EXPORT std::unique_ptr<DataSource> make_http_source(Loop& loop, ConnectorOptions options,
                                                         HttpService service);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "vcsr/base/error.hpp"
#include "vcsr/store/customer_store.hpp"

namespace vcsr {

/// What stands in a number, and whether it begins with the code of a country.
struct DialledNumber {
  std::string digits = {};
  bool international = false;
};
DialledNumber dialled(std::string_view number);

/// What is compared to find an identity: a phone as it is dialled from anywhere, a mail without case, the
/// rest as it is.
std::string identity_key(const Identity& identity, const std::string& region = {});

/// Throw Error(invalid) that names what a store cannot keep.
void require_customer(const Customer& customer, const CustomerOptions& options);
void require_id(const ContactRecord& record);

/// The refusals of an identity that somebody else has, of a folder that is no more, and of a merge.
Error taken(const Identity& identity, const std::string& owner);
Error no_customer(const std::string& id);
Error merged_already(const std::string& id, const std::string& into);
Error merged_with_itself(const std::string& id);
Error not_merged(const std::string& id);
Error merged_later(const std::string& id, const std::string& later);

/// "text", "whole number", "number", "truth value", "date", "list"
const char* to_string(AttributeType type);

}  // namespace vcsr

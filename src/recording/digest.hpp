// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sealing/digest.hpp"

namespace vcsr::recording {

using sealing::Bytes;
using sealing::bytes_of;
using sealing::Digest;
using sealing::from_hexadecimal;
using sealing::hexadecimal;
using sealing::openssl_words;
using sealing::random_bytes;
using sealing::sha256;

}  // namespace vcsr::recording

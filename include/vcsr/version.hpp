// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The library's version (semantic versioning); the build reads it from here.
#define VCSR_VERSION "0.1.0"

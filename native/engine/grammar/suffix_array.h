// Suffix arrays by induced sorting (SA-IS: Nong, Zhang, Chan, "Linear Suffix Array Construction by Almost Pure
// Induced-Sorting", 2009): linear time whatever the text, since texts come from users.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace redoubt {

/** Starts of all suffixes in byte order; a suffix that is a prefix of another comes first. Below 2^31 bytes. */
std::vector<uint32_t> suffix_array(std::string_view text);

}  // namespace redoubt

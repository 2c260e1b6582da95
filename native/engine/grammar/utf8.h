// UTF-8: decoding, and code point ranges as sequences of byte ranges (the construction of K. Thompson's and R. Cox's
// matchers). Surrogates are left out: no valid text holds them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace redoubt {

struct CodePoints {
  uint32_t low, high;
};
struct Bytes {
  uint8_t low, high;
};
struct ByteSequence {
  uint32_t length;
  std::array<Bytes, 4> bytes;
};

constexpr uint32_t largest_code_point = 0x10FFFF;

/** The code point at `at` and its length in bytes; length 0 where the bytes are not valid UTF-8. */
struct Decoded {
  uint32_t code_point, length;
};
Decoded decode(std::string_view text, size_t at);

/** Appends the byte ranges that encode exactly the code points `low` to `high`. */
void encode_range(uint32_t low, uint32_t high, std::vector<ByteSequence> &out);

/** Sorted, without overlaps; the complement where `negated`. */
std::vector<CodePoints> normalised(std::vector<CodePoints> ranges, bool negated);

inline bool is_continuation(uint8_t byte) { return (byte & 0xC0) == 0x80; }

}  // namespace redoubt

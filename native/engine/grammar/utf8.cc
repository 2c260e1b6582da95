#include "utf8.h"

#include <algorithm>

namespace redoubt {

Decoded decode(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<uint8_t>(text[i]) : uint8_t{0}; };
  const uint8_t first = byte(at);
  if (first < 0x80) return {first, 1};
  const uint32_t length = first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
  if (length == 0) return {0, 0};
  uint32_t value = first & (0xFFu >> (length + 1));
  for (uint32_t i = 1; i < length; i++) {
    if (!is_continuation(byte(at + i))) return {0, 0};
    value = value << 6 | (byte(at + i) & 0x3F);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > largest_code_point || (value >= 0xD800 && value < 0xE000)) return {0, 0};
  return {value, length};
}

static uint32_t encode(uint32_t value, uint8_t *out) {
  if (value < 0x80) return out[0] = static_cast<uint8_t>(value), 1;
  const uint32_t length = value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
  for (uint32_t i = length - 1; i > 0; i--, value >>= 6) out[i] = static_cast<uint8_t>(0x80 | (value & 0x3F));
  out[0] = static_cast<uint8_t>((0xF00u >> length) | value);
  return length;
}

void encode_range(uint32_t low, uint32_t high, std::vector<ByteSequence> &out) {
  if (low > high) return;
  if (low < 0xE000 && high >= 0xD800) {
    if (low < 0xD800) encode_range(low, 0xD7FF, out);
    if (high >= 0xE000) encode_range(0xE000, high, out);
    return;
  }
  for (const uint32_t last : {0x7Fu, 0x7FFu, 0xFFFFu}) {
    if (low <= last && high > last) return encode_range(low, last, out), encode_range(last + 1, high, out);
  }
  uint8_t first[4], last[4];
  const uint32_t length = encode(low, first);
  // Only where everything after a byte runs through all continuations do a byte range and the rest multiply out.
  for (uint32_t i = 1; i < length; i++) {
    const uint32_t rest = (1u << (6 * i)) - 1;
    if ((low & ~rest) == (high & ~rest)) continue;
    if ((low & rest) != 0) return encode_range(low, low | rest, out), encode_range((low | rest) + 1, high, out);
    if ((high & rest) != rest) return encode_range(low, (high & ~rest) - 1, out), encode_range(high & ~rest, high, out);
  }
  encode(high, last);
  ByteSequence sequence{length, {}};
  for (uint32_t i = 0; i < length; i++) sequence.bytes[i] = {first[i], last[i]};
  out.push_back(sequence);
}

std::vector<CodePoints> normalised(std::vector<CodePoints> ranges, bool negated) {
  std::sort(ranges.begin(), ranges.end(), [](const CodePoints &a, const CodePoints &b) { return a.low < b.low; });
  std::vector<CodePoints> merged;
  for (const CodePoints &range : ranges) {
    if (!merged.empty() && range.low <= merged.back().high + 1) merged.back().high = std::max(merged.back().high, range.high);
    else merged.push_back(range);
  }
  if (!negated) return merged;
  std::vector<CodePoints> others;
  uint32_t next = 0;
  for (const CodePoints &range : merged) {
    if (range.low > next) others.push_back({next, range.low - 1});
    next = range.high + 1;
  }
  if (next <= largest_code_point) others.push_back({next, largest_code_point});
  return others;
}

}  // namespace redoubt

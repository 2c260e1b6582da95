// A saved state: the tokens of a sequence and the library's memory of them, in one piece of bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace redoubt {

struct SavedState {
  std::vector<int32_t> tokens;
  const uint8_t *memory = nullptr;  // into the bytes that were read
  size_t memory_size = 0;
};

/** "RDKV", version 1, fingerprint (8 bytes), token count (4), tokens (4 each), then the library's bytes. Little-endian as the machine. */
std::vector<uint8_t> write_state(uint64_t fingerprint, const std::vector<int32_t> &tokens, const std::vector<uint8_t> &memory);

/** Empty where the bytes are no state, or one of another model, release or kind of cache. */
std::optional<SavedState> read_state(uint64_t fingerprint, int32_t vocabulary, const std::vector<uint8_t> &bytes);

}  // namespace redoubt

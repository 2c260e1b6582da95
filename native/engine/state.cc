#include "state.h"

#include <cstring>

namespace redoubt {
namespace {

constexpr char magic[8] = {'R', 'D', 'K', 'V', 1, 0, 0, 0};
struct Header {
  char magic[8];
  uint64_t fingerprint;
  uint32_t tokens;
  uint32_t reserved;
};

}  // namespace

std::vector<uint8_t> write_state(uint64_t fingerprint, const std::vector<int32_t> &tokens, const std::vector<uint8_t> &memory) {
  Header header{};
  std::memcpy(header.magic, magic, sizeof magic);
  header.fingerprint = fingerprint;
  header.tokens = static_cast<uint32_t>(tokens.size());
  const size_t token_bytes = tokens.size() * sizeof(int32_t);
  std::vector<uint8_t> bytes(sizeof header + token_bytes + memory.size());
  std::memcpy(bytes.data(), &header, sizeof header);
  if (token_bytes > 0) std::memcpy(bytes.data() + sizeof header, tokens.data(), token_bytes);
  if (!memory.empty()) std::memcpy(bytes.data() + sizeof header + token_bytes, memory.data(), memory.size());
  return bytes;
}

std::optional<SavedState> read_state(uint64_t fingerprint, int32_t vocabulary, const std::vector<uint8_t> &bytes) {
  Header header;
  if (bytes.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::memcmp(header.magic, magic, sizeof magic) != 0 || header.fingerprint != fingerprint) return std::nullopt;
  const size_t rest = bytes.size() - sizeof header;
  if (header.tokens == 0 || header.tokens > rest / sizeof(int32_t)) return std::nullopt;
  const size_t token_bytes = header.tokens * sizeof(int32_t);
  SavedState state;
  state.tokens.resize(header.tokens);
  std::memcpy(state.tokens.data(), bytes.data() + sizeof header, token_bytes);
  for (const int32_t token : state.tokens)
    if (token < 0 || token >= vocabulary) return std::nullopt;
  state.memory = bytes.data() + sizeof header + token_bytes;
  state.memory_size = rest - token_bytes;
  return state;
}

}  // namespace redoubt

#include "trie.h"

#include <algorithm>

#include "utf8.h"

namespace redoubt {

std::shared_ptr<const Trie> make_trie(const Vocabulary &vocabulary) { return std::make_shared<const Trie>(vocabulary); }

static constexpr size_t longest_piece = 4096;

Trie::Trie(const Vocabulary &vocabulary) : all((vocabulary.pieces.size() + 63) / 64), end_tokens(vocabulary.end_tokens) {
  const auto &pieces = vocabulary.pieces;
  offsets_.push_back(0);
  for (const std::string &piece : pieces) {
    bytes_ += piece;
    offsets_.push_back(static_cast<uint32_t>(bytes_.size()));
  }
  const auto last = static_cast<int32_t>(pieces.size());
  end_tokens.erase(std::remove_if(end_tokens.begin(), end_tokens.end(), [&](int32_t id) { return id < 0 || id >= last; }), end_tokens.end());
  std::sort(end_tokens.begin(), end_tokens.end());

  for (int32_t id = 0; id < last; id++) {
    const size_t length = pieces[id].size();
    if (length > 0 && length <= longest_piece && !is_end(id)) tokens.push_back(id);
  }
  std::sort(tokens.begin(), tokens.end(), [&](int32_t a, int32_t b) {
    const int order = pieces[a].compare(pieces[b]);
    return order != 0 ? order < 0 : a < b;
  });

  nodes.push_back({0, 0, 0, 0, 0});
  std::vector<uint32_t> path{0};
  std::string_view previous;
  for (uint32_t i = 0; i < tokens.size(); i++) {
    const std::string_view piece = pieces[tokens[i]];
    all[tokens[i] >> 6] |= uint64_t{1} << (tokens[i] & 63);
    depth = std::max(depth, static_cast<uint32_t>(piece.size()));
    size_t common = 0;
    while (common < previous.size() && common < piece.size() && previous[common] == piece[common]) common++;
    for (; path.size() > common + 1; path.pop_back()) nodes[path.back()].end = static_cast<uint32_t>(nodes.size());
    for (size_t at = common; at < piece.size(); at++) {
      path.push_back(static_cast<uint32_t>(nodes.size()));
      nodes.push_back({0, i, static_cast<uint16_t>(at + 1), static_cast<uint8_t>(piece[at]), 0});
    }
    previous = piece;
  }
  for (const uint32_t node : path) nodes[node].end = static_cast<uint32_t>(nodes.size());
  nodes.push_back({0, static_cast<uint32_t>(tokens.size()), 0, 0, 0});
  nodes.back().end = static_cast<uint32_t>(nodes.size());

  below.resize(nodes.size());
  for (uint32_t node = size(); node-- > 0;) summarise(node);
}

std::string_view Trie::piece(int32_t token) const {
  if (token < 0 || static_cast<size_t>(token) + 1 >= offsets_.size() || is_end(token)) return {};
  return std::string_view(bytes_).substr(offsets_[token], offsets_[token + 1] - offsets_[token]);
}

bool Trie::is_end(int32_t token) const { return std::binary_search(end_tokens.begin(), end_tokens.end(), token); }

/** Fills `below` and `chars` of a node whose children are done. */
void Trie::summarise(uint32_t node) {
  Below sum;
  uint32_t chars = 0;
  bool text = true;
  for (uint32_t child = node + 1; text && child < nodes[node].end; child = nodes[child].end) {
    const uint8_t byte = nodes[child].byte;
    if (byte < 0x80) {
      sum.ascii[byte >> 6] |= uint64_t{1} << (byte & 63);
      text = merge_tail(child, 0, 0, 0, sum, chars);
    } else if (byte >= 0xC2 && byte <= 0xF4) {
      const uint32_t remaining = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
      const uint8_t low = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
      const uint8_t high = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
      sum.multi = true;
      text = merge_tail(child, remaining, low, high, sum, chars);
    } else {
      text = false;
    }
  }
  below[node] = sum;
  nodes[node].chars = text && chars < unknown ? static_cast<uint8_t>(chars) : unknown;
}

/** Adds what lies below a code point of which `remaining` bytes are missing; false where they are not text. */
bool Trie::merge_tail(uint32_t node, uint32_t remaining, uint8_t low, uint8_t high, Below &into, uint32_t &chars) const {
  if (remaining == 0) {
    if (nodes[node].chars == unknown) return false;
    chars = std::max(chars, nodes[node].chars + 1u);
    into.ascii[0] |= below[node].ascii[0];
    into.ascii[1] |= below[node].ascii[1];
    into.multi = into.multi || below[node].multi;
    return true;
  }
  chars = std::max(chars, 1u);
  for (uint32_t child = node + 1; child < nodes[node].end; child = nodes[child].end) {
    if (nodes[child].byte < low || nodes[child].byte > high) return false;
    if (!merge_tail(child, remaining - 1, 0x80, 0xBF, into, chars)) return false;
  }
  return true;
}

}  // namespace redoubt

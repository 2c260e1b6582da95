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

  summarise();
}

std::string_view Trie::piece(int32_t token) const {
  if (token < 0 || static_cast<size_t>(token) + 1 >= offsets_.size() || is_end(token)) return {};
  return std::string_view(bytes_).substr(offsets_[token], offsets_[token + 1] - offsets_[token]);
}

bool Trie::is_end(int32_t token) const { return std::binary_search(end_tokens.begin(), end_tokens.end(), token); }

void Trie::Summary::add(const Summary &other) {
  text.ascii[0] |= other.text.ascii[0];
  text.ascii[1] |= other.text.ascii[1];
  text.multi = text.multi || other.text.multi;
  chars = std::max(chars, other.chars);
  valid = valid && other.valid;
}

/** Fills `texts` and `chars`, from the last node to the first, so that what lies below a node is known before it. */
void Trie::summarise() {
  std::vector<Summary> below(nodes.size());
  texts.resize(nodes.size());
  for (uint32_t node = size(); node-- > 0;) {
    const uint8_t byte = nodes[node].byte;
    const bool ascii = byte < 0x80, lead = byte >= 0xC2 && byte <= 0xF4;
    const uint32_t remaining = !lead ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    const uint8_t low = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
    const uint8_t high = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
    for (uint32_t child = node + 1; child < nodes[node].end; child = nodes[child].end) {
      below[node].add({texts[child], nodes[child].chars, nodes[child].chars != unknown});
    }
    Summary whole = ascii || lead ? tail(node, remaining, low, high, below) : Summary{{}, 0, false};
    if (ascii) whole.text.ascii[byte >> 6] |= uint64_t{1} << (byte & 63);
    whole.text.multi = whole.text.multi || lead;
    texts[node] = whole.text;
    nodes[node].chars = whole.valid && whole.chars + 1 < unknown ? static_cast<uint8_t>(whole.chars + 1) : unknown;
  }
}

/** What follows a code point of which `remaining` bytes are missing at a node; invalid where they are not continuations. */
Trie::Summary Trie::tail(uint32_t node, uint32_t remaining, uint8_t low, uint8_t high, const std::vector<Summary> &below) const {
  if (remaining == 0) return below[node];
  Summary sum;
  for (uint32_t child = node + 1; sum.valid && child < nodes[node].end; child = nodes[child].end) {
    if (nodes[child].byte < low || nodes[child].byte > high) sum.valid = false;
    else sum.add(tail(child, remaining - 1, 0x80, 0xBF, below));
  }
  return sum;
}

}  // namespace redoubt

// The vocabulary as a trie over bytes, laid out in preorder: a walk is a loop over one array, and a subtree is a range.
#pragma once

#include "grammar.h"

namespace redoubt {

class Trie {
 public:
  explicit Trie(const Vocabulary &vocabulary);

  struct Node {
    uint32_t end;          // first node after this subtree
    uint32_t first_token;  // index into tokens; those of this node come first, those below follow
    uint16_t depth;
    uint8_t byte;
    uint8_t chars;  // most code points on a path from this byte down; `unknown` where that is no text
  };
  /** What the paths from a node's byte down consist of, seen from a code point border before it. */
  struct Text {
    uint64_t ascii[2] = {0, 0};
    bool multi = false;  // code points of more than one byte
  };
  static constexpr uint8_t unknown = 255;

  std::vector<Node> nodes;  // nodes[0] is the root; one node more than there are marks the end
  std::vector<Text> texts;
  std::vector<int32_t> tokens;
  std::vector<uint64_t> all;  // bitset of the tokens in the trie
  std::vector<int32_t> end_tokens;
  uint32_t depth = 0;  // the longest piece

  uint32_t size() const { return static_cast<uint32_t>(nodes.size() - 1); }
  size_t words() const { return all.size(); }
  std::string_view piece(int32_t token) const;
  bool is_end(int32_t token) const;

 private:
  struct Summary {
    Text text;
    uint32_t chars = 0;
    bool valid = true;
    void add(const Summary &other);
  };
  void summarise();
  Summary tail(uint32_t node, uint32_t remaining, uint8_t low, uint8_t high, const std::vector<Summary> &below) const;
  std::string bytes_;
  std::vector<uint32_t> offsets_;
};

}  // namespace redoubt

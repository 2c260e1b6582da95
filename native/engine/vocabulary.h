// What the scheduler and the grammar need of a model's vocabulary, read once.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "grammar/grammar.h"
#include "model.h"

namespace redoubt {

/** Pieces as bytes (control, unused and end tokens are empty), which tokens end a text, and the trie for grammars. */
struct VocabularyTable {
  explicit VocabularyTable(const Model &model);

  int32_t size() const { return static_cast<int32_t>(vocabulary.pieces.size()); }
  const std::string &piece(int32_t token) const { return vocabulary.pieces[token]; }
  bool is_end(int32_t token) const { return ends[token]; }
  /** Tokens whose piece holds one of the strings. */
  std::vector<bool> tokens_with(const std::vector<std::string> &strings) const;

  Vocabulary vocabulary;
  std::vector<bool> ends;
  std::shared_ptr<const Trie> trie;
};

}  // namespace redoubt

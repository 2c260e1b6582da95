#include "vocabulary.h"

namespace redoubt {

VocabularyTable::VocabularyTable(const Model &model) {
  const int32_t size = model.vocab_size();
  vocabulary.pieces.resize(size);
  ends.resize(size);
  for (int32_t token = 0; token < size; token++) {
    if (lib().llama_vocab_is_eog(model.vocab(), token)) {
      ends[token] = true;
      vocabulary.end_tokens.push_back(token);
    } else if ((lib().llama_vocab_get_attr(model.vocab(), token) & LLAMA_TOKEN_ATTR_UNUSED) == 0) {
      vocabulary.pieces[token] = model.piece(token, false);
    }
  }
  trie = make_trie(vocabulary);
}

std::vector<bool> VocabularyTable::tokens_with(const std::vector<std::string> &strings) const {
  std::vector<bool> found(size());
  for (int32_t token = 0; token < size(); token++)
    for (const auto &string : strings)
      if (!string.empty() && piece(token).find(string) != std::string::npos) found[token] = true;
  return found;
}

}  // namespace redoubt

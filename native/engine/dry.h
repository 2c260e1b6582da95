// DRY ("don't repeat yourself"): lowers tokens that would continue a verbatim repetition of earlier text, exponentially in
// the length of the repetition. After p-e-w, https://github.com/oobabooga/text-generation-webui/pull/5677.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace redoubt {

struct DryOptions {
  float multiplier = 0;  // 0: off
  float base = 1.75f;
  int32_t allowed_length = 2;
  int32_t last = -1;  // last tokens that are searched; -1: all
  std::vector<std::string> breakers{"\n", ":", "\"", "*"};
};

class Dry {
 public:
  /** `breakers[token]`: a repetition cannot reach over this token. */
  Dry(const DryOptions &options, std::vector<bool> breakers);

  /** Lowers the logits of the tokens that would lengthen a repetition at the end of `history`. */
  void apply(float *logits, const std::vector<int32_t> &history);

 private:
  int32_t repeated(const std::vector<int32_t> &history, size_t begin, size_t end) const;

  DryOptions options_;
  std::vector<bool> breakers_;
  std::vector<std::pair<int32_t, int32_t>> longest_;  // token, repetition that it would continue
};

}  // namespace redoubt

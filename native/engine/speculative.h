// Prompt lookup decoding (https://github.com/apoorvumang/prompt-lookup-decoding): guesses that the text goes on as it did
// where its last tokens stood before. Right guesses cost one step for several tokens; wrong ones never change the result.
#pragma once

#include <cstdint>
#include <vector>

#include "request.h"

namespace redoubt {

class PromptLookup {
 public:
  explicit PromptLookup(const SpeculationOptions &options) : options_(options), length_(options.max_draft) {}

  /** Fills `draft` with at most `most` tokens that may follow `history` and then `next`; empty where nothing is found. */
  void guess(const std::vector<int32_t> &history, int32_t next, int32_t most, std::vector<int32_t> &draft);
  /** How many of `drafted` tokens were right. Guesses get shorter where they fail. */
  void learn(int32_t drafted, int32_t accepted);

 private:
  SpeculationOptions options_;
  int32_t length_;
  int32_t pause_ = 0;  // steps without a guess
  int32_t failures_ = 0;
};

}  // namespace redoubt

// One call of llama_decode: the tokens of all sequences that take part, without allocation after the first.
#pragma once

#include <cstdint>
#include <vector>

#include "library.h"

namespace redoubt {

class Batch {
 public:
  explicit Batch(int32_t capacity)
      : token_(capacity), position_(capacity), sequence_(capacity), sequence_of_(capacity), sequences_(capacity, 1), output_(capacity) {
    for (int32_t i = 0; i < capacity; i++) sequence_of_[i] = &sequence_[i];
  }

  void clear() { size_ = 0; }
  int32_t size() const { return size_; }
  int32_t room() const { return static_cast<int32_t>(token_.size()) - size_; }

  /** Answers the row by which `llama_get_logits_ith` finds its logits when `output`. */
  int32_t add(llama_token token, llama_pos position, llama_seq_id sequence, bool output) {
    token_[size_] = token;
    position_[size_] = position;
    sequence_[size_] = sequence;
    output_[size_] = output;
    return size_++;
  }

  llama_batch view() {
    return {size_, token_.data(), nullptr, position_.data(), sequences_.data(), sequence_of_.data(), output_.data()};
  }

 private:
  std::vector<llama_token> token_;
  std::vector<llama_pos> position_;
  std::vector<llama_seq_id> sequence_;
  std::vector<llama_seq_id *> sequence_of_;
  std::vector<int32_t> sequences_;  // each token belongs to one sequence
  std::vector<int8_t> output_;
  int32_t size_ = 0;
};

}  // namespace redoubt

// Counters of one scheduler since it was made.
#pragma once

#include <cstdint>

namespace redoubt {

struct Statistics {
  int32_t slots = 0;
  int32_t active = 0;        // slots that work
  int32_t generating = 0;    // of these, past their prompt
  int32_t queued = 0;        // requests without a slot
  int64_t context_used = 0;  // tokens in the cache, of `context_size`
  int64_t context_size = 0;
  int64_t steps = 0;             // calls of llama_decode
  int64_t prompt_tokens = 0;     // read, without those found in the cache
  int64_t cached_tokens = 0;     // found in the cache
  int64_t copied_tokens = 0;     // of these, copied from another slot
  int64_t generated_tokens = 0;
  int64_t drafted_tokens = 0;    // guessed
  int64_t accepted_tokens = 0;   // guessed right
  int64_t completed = 0, cancelled = 0, failed = 0;
  int64_t aborted_steps = 0;
  int64_t shifts = 0;
  double decode_us = 0;   // in llama_decode
  double outside_us = 0;  // between its calls while there was work
};

}  // namespace redoubt

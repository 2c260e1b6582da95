// Shares the processor between streams that generate and prompts that are being read.
//
// Where nothing generates, prompts get whole batches. Otherwise time is given out: each step earns the prompts a credit in
// proportion to its time, and a chunk of a prompt may take part in a step when the credit covers what it is expected to add.
// One long prompt so takes at most `single_share` of the time from the running streams; many waiting prompts get as much as
// an equal division would give them, because more streams at once are served faster than few.
#pragma once

#include <cstdint>
#include <vector>

namespace redoubt {

class Pacer {
 public:
  Pacer(int32_t slots, int32_t batch) : batch_(batch), decode_us_(slots + 1, 0) {}

  /** Prompt tokens that may join the next step with `generating` streams; `reading` prompts wait with `remaining` tokens in all. */
  int32_t budget(int32_t generating, int32_t reading, int64_t remaining) const;

  /** What a step took: `generating` streams with `generated` tokens (drafts too), `read` prompt tokens; `reading` prompts there were. */
  void observe(double us, int32_t generating, int32_t generated, int32_t read, int32_t reading);

 private:
  double expected_decode_us(int32_t generating) const;

  int32_t batch_;
  std::vector<double> decode_us_;  // a step without prompts, by number of streams; 0: not known
  double token_us_ = 0;            // what a prompt token adds to a step
  double credit_us_ = 0;
};

}  // namespace redoubt

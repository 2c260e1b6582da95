#include "stacks.h"

#include <algorithm>

namespace redoubt {

static uint32_t clamped(const Repeat &repeat, uint32_t count, uint32_t reach) {
  const uint64_t far = reach;
  if (count + far < repeat.min) return repeat.min - reach - 1;
  if (count >= repeat.min && (repeat.max == no_maximum || count + far < repeat.max)) return repeat.min;
  return count;
}

uint32_t Stacks::canonical(uint32_t frame, const Program &program, uint32_t reach) {
  std::vector<uint32_t> path;
  uint32_t known = frame;
  for (; canonical_[known] == unknown; known = frames_[known].parent) path.push_back(known);
  uint32_t result = canonical_[known];
  for (size_t i = path.size(); i-- > 0;) {
    const Frame f = frames_[path[i]];
    const Instruction &instruction = program.code[f.instruction];
    const uint32_t value = instruction.op == Op::again ? clamped(program.repeats[instruction.a], f.value, reach) : f.value;
    result = this->frame(f.instruction, value, result);
    canonical_[path[i]] = result;
  }
  return result;
}

}  // namespace redoubt
